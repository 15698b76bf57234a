export { serves, windowAround } from "../src/map/feed";
export { Fleet, mercatorX } from "../src/map/fleet";
export { asText, cornersOf, crosses } from "../src/map/polygon";
export { stateOf } from "../src/map/states";
export { clockOf, gaps, nearestTo } from "../src/map/trackdata";
