// Renders a component that uses the hook of the module given, prints each state, and ends after the steps.
const React = require("react");
const { act, create } = require("react-test-renderer");

globalThis.IS_REACT_ACT_ENVIRONMENT = false;
const { useSocket } = require(process.argv[2]);
const wanted = process.argv[3];
const { log } = console;
let rendered;
console.error = () => {}; // the renderer's own complaint that it is deprecated
console.log = (...words) => {
  log(...words);
  if (words.join(" ").includes(wanted)) setTimeout(() => rendered.unmount(), 50);
};

function Component() {
  const { connected, error } = useSocket();
  log("state", connected, error);
  return null;
}

rendered = create(React.createElement(Component));
