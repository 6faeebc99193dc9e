# Nothing is told where the program has taken the tools by which its loops would be watched.
# Never: async-task runs "main"
# Never: probe-error
import sys

for tool in range(6):
    sys.monitoring.use_tool_id(tool, "mine")

import asyncio


async def main():
    await asyncio.sleep(0)
    print([sys.monitoring.get_tool(tool) for tool in range(6)])


asyncio.run(main())
