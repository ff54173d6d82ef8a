// Reads an HTTP Archive from a file and prints what is wrong with it by the JSON schema of HAR 1.2, or nothing.
const fs = require("fs");
const validate = require("har-validator");

validate.har(JSON.parse(fs.readFileSync(process.argv[2], "utf8"))).catch((error) => {
  console.log(JSON.stringify(error.errors, null, 1));
});
