// What is timed, whole: `node process.mjs <module> [<an event as JSON>]`. It imports what Lambda's runtime would, calls it once if there is
// an event, and says how it ended. It imports nothing of its own, so that with an empty handler it is the least a function costs.
const [, , module, event] = process.argv;
const { handler } = await import(module);
const answer = event && (await handler(JSON.parse(event), { getRemainingTimeInMillis: () => 900_000 }));
const { user, system } = process.cpuUsage();
// In microseconds, and kilobytes at their peak.
const used = { cpu: user + system, maxRSS: process.resourceUsage().maxRSS };
process.stdout.write(`\n${JSON.stringify({ status: answer?.statusCode, ...used })}`);
process.exit();
