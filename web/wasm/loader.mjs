// What the page needs to run the core: no Node built-ins, no eval, no generated glue.
export { Core, instantiate } from "../../edge/core.js";
