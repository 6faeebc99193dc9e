// What is to be known of a runtime to bring a probe into its programs. Each runtime has a folder; probes.ts lists them.
import type { RuntimeId } from '../../protocol/probeEvents';
import type { ActivitySettings } from '../../protocol/spool';
import type { LaunchEnvironment } from './launchEnvironment';

export interface ProbeSetup {
  /** Folder of the product's bundles. */
  bundles: string;
  /** Folder that programs write into. */
  spool: string;
  settings?: ActivitySettings | undefined;
}

/** A launch configuration of the runtime's debugger. */
export interface LaunchConfiguration extends LaunchEnvironment {
  type: string;
  name: string;
  request: string;
  [option: string]: unknown;
}

/** How a program was started. */
export interface Started {
  /** Arguments of the runtime; more words do no harm. */
  words: readonly string[];
  /** `null`: removed. */
  env: Readonly<Record<string, string | null | undefined>>;
}

export interface TerminalVariables {
  appended?: Record<string, string>;
  replaced?: Record<string, string>;
}

export interface Probe {
  readonly runtime: RuntimeId;
  /** Debug types whose sessions run programs of this runtime. */
  readonly debugTypes: readonly string[];
  /** How a program of our own debug type is run. */
  readonly launch: {
    /** Whether it is this runtime that a program of our own debug type is for. */
    takes(options: Readonly<Record<string, unknown>>): boolean;
    /** What to do where `command` is not found, in whole sentences. */
    advice(): string;
    /** Without a debugger: what to run, after the command, of a configuration that `withProbe` made. Absent: not without one. */
    words?(options: Readonly<Record<string, unknown>>): string[];
    /** Debug types of the session below ours, the best first. */
    types: readonly string[];
    /** What its debugger has other names for, and defaults that are to be as those of other runtimes. */
    forDebugger?(options: Readonly<Record<string, unknown>>): Record<string, unknown>;
    /** Command that must be on the PATH; undefined where the debugger finds the runtime in its own way. */
    command(options: Readonly<Record<string, unknown>>): string | undefined;
    /** Endings that are tried for a program that is named without one. */
    endings: readonly string[];
  };
  /**
   * The variables that bring the probe into a program, and into whatever that program starts.
   * @param own the environment that the program would have without us
   */
  environment(setup: ProbeSetup, own: NodeJS.ProcessEnv): Record<string, string>;
  /**
   * What brings it into all programs of a terminal: what is added at the end of variables, and what variables are set to.
   * @param own the environment of terminals without us
   */
  inTerminals(bundles: string, own: NodeJS.ProcessEnv): TerminalVariables;
  /** Whether a configuration of one of its types stays as it is: what it starts is elsewhere, runs already, or has the probe. */
  leavesAlone(configuration: LaunchConfiguration): boolean;
  /**
   * The configuration with the probe in it. Throws when its `envFile` cannot be read: what that holds would be lost.
   * @param folder where the configuration is, in case it names no working folder
   */
  withProbe<C extends LaunchConfiguration>(configuration: C, setup: ProbeSetup, folder?: string): C;
  /** Why a program may not write down what its threads do, and what to do about it; undefined where it may. */
  obstacle(started: Started, setup: ProbeSetup): string | undefined;
}
