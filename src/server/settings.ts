// What people set for a folder: which rules report, and with which severity.
import { RULES, RULE_IDS, type RuleId } from '../protocol/rules';

export const SECTION = 'threadLifelines.lint';

export type SeveritySetting = 'off' | 'error' | 'warning' | 'info' | 'hint';
const SEVERITY_SETTINGS: SeveritySetting[] = ['off', 'error', 'warning', 'info', 'hint'];

export interface Settings {
  enabled: boolean;
  /** Settings by rule; rules that are not named have the severity that their pages state. */
  severity: Partial<Record<RuleId, SeveritySetting>>;
  /** Files and folders to skip, as patterns of .gitignore that start at the folder of the window. */
  exclude: string[];
}

/** Invalid settings are ignored. */
export function settingsOf(value: unknown): Settings {
  const { enabled, severity, exclude } = isObject(value) ? value : {};
  const named = isObject(severity) ? severity : {};
  const known = RULE_IDS.filter((id) => SEVERITY_SETTINGS.includes(named[id] as SeveritySetting));
  return {
    enabled: enabled !== false,
    exclude: Array.isArray(exclude) ? exclude.filter((one) => typeof one === 'string') : [],
    severity: Object.fromEntries(known.map((id) => [id, named[id] as SeveritySetting])),
  };
}

/** `own`: severity of the finding, where it differs from its rule's. Notes are shown as hints, which disturb nobody. */
export function severityOf(
  { enabled, severity }: Settings,
  rule: RuleId,
  own?: Exclude<SeveritySetting, 'off' | 'hint'>,
): SeveritySetting {
  if (!enabled) return 'off';
  const usual = own ?? RULES[rule].severity;
  return severity[rule] ?? (usual === 'info' ? 'hint' : usual);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
