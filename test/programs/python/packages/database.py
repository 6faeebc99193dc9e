# Connections to a database, one for each thread of a pool.
# Threads: 3
# Findings: none
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor

import sqlalchemy
from sqlalchemy import text

with tempfile.TemporaryDirectory() as folder:
    engine = sqlalchemy.create_engine("sqlite:///" + os.path.join(folder, "data"), connect_args={"timeout": 30})
    with engine.begin() as connection:
        connection.execute(text("create table t (n integer)"))

    def add(n):
        with engine.begin() as connection:
            connection.execute(text("insert into t values (:n)"), {"n": n})

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(add, range(12)))
    with engine.connect() as connection:
        print(connection.execute(text("select count(*), sum(n) from t")).fetchone())
    engine.dispose()
