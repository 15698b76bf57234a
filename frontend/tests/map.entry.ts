export { serves, windowAround } from "../src/map/feed";
export { Fleet, mercatorX } from "../src/map/fleet";
export { stateOf } from "../src/map/states";
export { clockOf, gaps, nearestTo } from "../src/map/trackdata";
