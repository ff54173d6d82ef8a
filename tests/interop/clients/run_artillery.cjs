// Runs a scenario (as JSON) with Artillery's own runner and Socket.IO engine, and prints its counters.
const { runner } = require("@artilleryio/int-core").runner;

const script = JSON.parse(require("node:fs").readFileSync(process.argv[2], "utf8"));
runner(script, undefined, {}).then((events) => {
  events.on("done", (stats) => {
    console.log(JSON.stringify({ counters: stats.counters }));
    process.exit(0);
  });
  events.run();
});
