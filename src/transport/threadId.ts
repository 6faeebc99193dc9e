/** A thread of a process of this machine, by the runtime's id; 0 is main. */
export interface ThreadId {
  pid: number;
  id: number;
}
