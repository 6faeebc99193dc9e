// What people set for a folder: which rules are told, and how gravely.
import { RULES, RULE_IDS, type RuleId } from '../protocol/rules';

export const SECTION = 'threadLifelines.lint';

export type Told = 'off' | 'error' | 'warning' | 'info' | 'hint';
const WORDS: Told[] = ['off', 'error', 'warning', 'info', 'hint'];

export interface Settings {
  enabled: boolean;
  /** By rule; those that are not named are as their pages say. */
  severity: Partial<Record<RuleId, Told>>;
  /** Files and folders that are left out, as in .gitignore, from the folder of the window on. */
  exclude: string[];
}

/** What makes no sense in settings is left out. */
export function settingsOf(value: unknown): Settings {
  const { enabled, severity, exclude } = isObject(value) ? value : {};
  const named = isObject(severity) ? severity : {};
  const known = RULE_IDS.filter((id) => WORDS.includes(named[id] as Told));
  return {
    enabled: enabled !== false,
    exclude: Array.isArray(exclude) ? exclude.filter((one) => typeof one === 'string') : [],
    severity: Object.fromEntries(known.map((id) => [id, named[id] as Told])),
  };
}

/** `own`: of the one finding, where it differs from its rule's. Notes are hints, so that nobody is bothered. */
export function severityOf({ enabled, severity }: Settings, rule: RuleId, own?: Exclude<Told, 'off' | 'hint'>): Told {
  if (!enabled) return 'off';
  const usual = own ?? RULES[rule].severity;
  return severity[rule] ?? (usual === 'info' ? 'hint' : usual);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
