// What Vitest reports, without times.
export default class {
  onTestRunEnd(modules, errors, reason) {
    const states = modules.map((module) => `${module.moduleId.split('/').at(-1)} ${module.state()}`).sort();
    console.log(states.join(', '), errors.length, reason);
  }
}
