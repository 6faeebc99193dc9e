// Transactions of databases of `node:sqlite`: begun, and not yet committed or rolled back. Whether a database is in one is
// asked before the program’s next call, and a little later: what begins and ends in between is no one's concern.
import { ActivityKind } from '../../../protocol/activity';
import { PrivateMap, sqlite, uncurried, weakly } from '../tools/builtins';
import { lookLater } from '../tools/later';
import { whenLoaded } from '../tools/handed';
import { beforeLookup } from '../tools/replace';
import { clipped, matchOf } from '../tools/text';
import type { Ring } from '../memory/ring';
import type { Spool } from '../spool/spool';
import type { WaitSites } from './waitSites';

/** The oldest Node that has them. */
const OLDEST_MAJOR = 22;
/** That are looked at, of one thread. */
const MOST_DATABASES = 16;
const OF_STATEMENTS = ['run', 'get', 'all', 'iterate'] as const;
/** Statements that neither begin nor end a transaction, unless they fail. */
const PLAIN = /^\s*(insert|replace|update|delete|select|values|with|explain|pragma|create|drop|alter)\b/i;

interface Database {
  isOpen?: boolean;
  isTransaction?: boolean;
}
interface Statement {
  sourceSQL?: unknown;
}
interface Known {
  /** Undefined once nobody else holds it. */
  database: () => Database | undefined;
  /** In records, from 1; 0: it was in no transaction so far. */
  number: number;
  /** `unsure`: it was in one before the call that goes on. */
  state: 'out' | 'in' | 'unsure';
  /** Number of the place at which it was last used while it was in none. */
  site: number;
}

export function observeTransactions(ring: Ring, spool: Spool, sites: WaitSites): void {
  if (Number.parseInt(process.versions.node, 10) < OLDEST_MAJOR) return;
  whenLoaded('sqlite', () => {
    try {
      new Transactions(ring, spool, sites).begin();
    } catch (error) {
      spool.problem('sqlite', error);
    }
  });
}

class Transactions {
  private readonly known: Known[] = [];
  private readonly byDatabase = new PrivateMap<Database, Known | 'ignored'>();
  private readonly arePlain = new PrivateMap<Statement, boolean>();
  private last = 0;
  /** Something may have begun or ended since the last look. */
  private mayHaveChanged = false;
  private waits = false;
  private locationOf: ((database: Database) => unknown) | undefined;

  constructor(
    private readonly ring: Ring,
    private readonly spool: Spool,
    private readonly sites: WaitSites,
  ) {}

  begin(): void {
    const { DatabaseSync, StatementSync } = sqlite() as Record<string, { prototype: Record<string, unknown> }>;
    const databases = DatabaseSync!.prototype;
    const { location } = databases;
    if (typeof location !== 'function') return; // what is in memory would not be known
    this.locationOf = uncurried(location as (this: Database) => unknown);
    const hear = (method: string, heard: (database: Database) => void): void => {
      beforeLookup(databases, method, (database) => {
        if (database !== databases) this.guarded(() => heard(database));
      });
    };
    hear('exec', (database) => this.used(database));
    hear('close', (database) => this.used(database));
    hear('createTagStore', (database) => this.ignore(database)); // its statements are none of those below
    const statements = StatementSync!.prototype;
    for (let i = 0; i < OF_STATEMENTS.length; i++)
      beforeLookup(statements, OF_STATEMENTS[i]!, (statement) => {
        if (this.known.length > 0 && statement !== statements) this.guarded(() => this.run(statement));
      });
  }

  private guarded(body: () => void): void {
    try {
      body();
    } catch (error) {
      this.spool.problem('sqlite', error);
    }
  }

  private used(database: Database): void {
    this.look();
    const known = this.knownOf(database);
    if (!known) return;
    if (known.state === 'out') known.site = this.sites.here();
    this.doubt(known);
    this.lookLater();
  }

  /** Of which database it is, is not known. */
  private run(statement: Statement): void {
    if (this.mayHaveChanged) this.look();
    let isIn = false;
    const isPlain = this.isPlain(statement);
    for (let i = 0; i < this.known.length; i++) {
      const known = this.known[i]!;
      if (!isPlain) {
        if (known.state === 'out') known.site = 0;
        this.doubt(known);
      } else if (known.state === 'in') isIn = true;
    }
    if (!isPlain || isIn) this.lookLater(); // one that fails may end a transaction too
  }

  private isPlain(statement: Statement): boolean {
    const known = this.arePlain.get(statement);
    if (known !== undefined) return known;
    const { sourceSQL } = statement;
    const isPlain = typeof sourceSQL === 'string' && matchOf(PLAIN, sourceSQL) !== null;
    this.arePlain.set(statement, isPlain);
    return isPlain;
  }

  /** The call may end what it is in, and the thread may be killed before the next look. */
  private doubt(known: Known): void {
    this.mayHaveChanged = true;
    if (known.state !== 'in') return;
    known.state = 'unsure';
    this.ring.put(ActivityKind.transaction, known.number, 0, 0);
  }

  private lookLater(): void {
    if (this.waits) return;
    this.waits = true;
    lookLater(this.lookNow);
  }

  private readonly lookNow = (): void => {
    this.waits = false;
    this.guarded(() => this.look());
  };

  private look(): void {
    this.mayHaveChanged = false;
    const { known } = this;
    for (let i = known.length - 1; i >= 0; i--) {
      const one = known[i]!;
      const database = one.database();
      if (database?.isOpen === true && database.isTransaction === true) this.isIn(one, database);
      else this.isOut(one);
      if (!database) this.forget(i);
    }
  }

  private isIn(one: Known, database: Database): void {
    if (one.state === 'in') return;
    if (one.number === 0) {
      const file = this.locationOf!(database);
      if (typeof file !== 'string') return this.ignore(database); // in memory: gone with its thread in any case
      one.number = ++this.last;
      this.spool.tell('database', { database: one.number, file: clipped(file) });
    }
    one.state = 'in';
    this.ring.put(ActivityKind.transaction, one.number, 1, one.site);
  }

  private isOut(one: Known): void {
    if (one.state === 'in') this.ring.put(ActivityKind.transaction, one.number, 0, 0);
    one.state = 'out';
  }

  private knownOf(database: Database): Known | undefined {
    const found = this.byDatabase.get(database);
    if (found) return found === 'ignored' ? undefined : found;
    const { known } = this;
    if (known.length >= MOST_DATABASES) return undefined;
    const one: Known = { database: weakly(database), number: 0, state: 'out', site: 0 };
    this.byDatabase.set(database, one);
    return (known[known.length] = one);
  }

  private ignore(database: Database): void {
    this.byDatabase.set(database, 'ignored');
    for (let i = 0; i < this.known.length; i++) {
      if (this.known[i]!.database() !== database) continue;
      this.isOut(this.known[i]!);
      this.forget(i);
    }
  }

  private forget(index: number): void {
    const { known } = this;
    for (let i = index + 1; i < known.length; i++) known[i - 1] = known[i]!;
    known.length--;
  }
}
