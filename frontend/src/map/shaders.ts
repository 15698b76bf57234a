/** Shaders of the vehicles: every state has a shape of its own, so that colour is never the only sign. */

export const VERTEX = `#version 300 es
uniform mat4 u_matrix;
uniform float u_progress;
uniform float u_size;
uniform vec4 u_visible;
uniform int u_selected;
in vec2 a_from;
in vec2 a_to;
in vec2 a_heading_state;
out vec2 v_turn;
flat out int v_state;
flat out int v_selected;

void main() {
  v_state = int(a_heading_state.y);
  v_selected = gl_VertexID == u_selected ? 1 : 0;
  float heading = radians(a_heading_state.x);
  v_turn = vec2(cos(heading), sin(heading));
  gl_Position = u_matrix * vec4(mix(a_from, a_to, u_progress), 0.0, 1.0);
  gl_PointSize = u_size * (v_selected == 1 ? 1.7 : 1.0);
  // A point of size 0 is still drawn as a dot: what is switched off goes outside the view.
  if (u_visible[v_state] < 0.5) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
}`;

// Distances below are signed and in half point sizes: negative inside the shape.
export const FRAGMENT = `#version 300 es
precision highp float;
uniform vec3 u_colour[4];
uniform vec3 u_halo;
in vec2 v_turn;
flat in int v_state;
flat in int v_selected;
out vec4 colour;

float arrow(vec2 p) {
  float side = (abs(p.x) * 1.45 - (p.y + 0.8) * 0.62) / 1.577;
  float back = (p.y - 0.32 - 0.55 * abs(p.x)) / 1.14;
  return max(side, back);
}

void main() {
  vec2 p = (gl_PointCoord * 2.0 - 1.0) * (v_selected == 1 ? 1.7 : 1.0);
  float far = length(p);
  float d;
  if (v_state == 0) d = arrow(vec2(p.x * v_turn.x + p.y * v_turn.y, p.y * v_turn.x - p.x * v_turn.y));
  else if (v_state == 2) d = (abs(p.x) + abs(p.y) - 0.78) / 1.414;
  else if (v_state == 3) d = abs(far - 0.46) - 0.13;
  else d = far - 0.46;
  float soft = fwidth(far) * 0.75;
  float fill = 1.0 - smoothstep(-soft, soft, d);
  float halo = 1.0 - smoothstep(-soft, soft, d - 0.17);
  if (v_selected == 1) {
    float ring = abs(far - 1.3) - 0.13;
    float lit = 1.0 - smoothstep(-soft, soft, ring);
    fill = max(fill, lit);
    halo = max(halo, 1.0 - smoothstep(-soft, soft, ring - 0.12));
  }
  if (halo < 0.01) discard;
  colour = vec4(mix(u_halo, u_colour[v_state], fill) * halo, halo);
}`;
