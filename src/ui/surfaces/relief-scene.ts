import { lookAt, perspective, product, projected, type Matrix } from './relief-matrix.ts';
import type { Mesh } from './relief-mesh.ts';

/** From where the relief is looked at. Angles in radians. */
export interface Orbit {
  readonly around: number; // 0: along the axis up
  readonly above: number; // 0: level, π/2: from above
  readonly distance: number;
}

/** What is cut away: only what lies between these shares of both axes is drawn. */
export interface Cut {
  readonly x: number; // share of the axis across that is kept, from its low end
  readonly y: number;
}

export interface ReliefScene {
  setMesh(mesh: Mesh): void;
  draw(orbit: Orbit, cut: Cut, width: number, height: number, ratio: number): void;
  /** Where a point of the square stands on the canvas, in CSS px: [x, y]. */
  project(x: number, y: number, z: number): readonly [number, number];
  destroy(): void;
}

const VERTEX = `#version 300 es
layout(location = 0) in vec3 position;
layout(location = 1) in vec3 color;
uniform mat4 uView;
uniform mat4 uProjection;
out vec3 vColor;
out vec3 vPlace;
out vec3 vView;
void main() {
  vColor = color;
  vPlace = position;
  vec4 view = uView * vec4(position, 1.0);
  vView = view.xyz;
  gl_Position = uProjection * view;
}`;

// Light from the viewer's side, so that shape shows and colours stay those of the legend.
const FRAGMENT = `#version 300 es
precision highp float;
in vec3 vColor;
in vec3 vPlace;
in vec3 vView;
uniform vec2 uCut;
out vec4 outColor;
void main() {
  if (vPlace.x > uCut.x * 2.0 - 1.0 || -vPlace.z > uCut.y * 2.0 - 1.0) discard;
  vec3 normal = normalize(cross(dFdx(vView), dFdy(vView)));
  float light = 0.8 + 0.2 * abs(dot(normal, normalize(vec3(0.3, 0.9, 0.5))));
  outColor = vec4(vColor * light, 1.0);
}`;

const FOV = (32 * Math.PI) / 180;
const MIDDLE = [0, 0.16, 0] as const; // what is looked at

/** @returns null where the browser has no WebGL2 */
export function createReliefScene(canvas: HTMLCanvasElement): ReliefScene | null {
  // What was drawn is kept, because pictures are saved from the canvas.
  const gl = canvas.getContext('webgl2', { alpha: true, antialias: true, preserveDrawingBuffer: true });
  const program = gl === null ? null : linked(gl);
  if (gl === null || program === null) return null;
  const place = (name: string): WebGLUniformLocation | null => gl.getUniformLocation(program, name);
  const [viewPlace, projectionPlace, cutPlace] = [place('uView'), place('uProjection'), place('uCut')];
  const buffers = [gl.createBuffer(), gl.createBuffer(), gl.createBuffer()] as const;
  gl.useProgram(program);
  gl.enable(gl.DEPTH_TEST);
  let corners = 0;
  let size = { width: 1, height: 1 };
  let seen: Matrix = perspective(FOV, 1, 0.1, 20);

  return {
    setMesh({ position, color, index }) {
      [position, color].forEach((data, at) => {
        gl.bindBuffer(gl.ARRAY_BUFFER, buffers[at]!);
        gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW);
        gl.enableVertexAttribArray(at);
        gl.vertexAttribPointer(at, 3, gl.FLOAT, false, 0, 0);
      });
      gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, buffers[2]);
      gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, index, gl.STATIC_DRAW);
      corners = index.length;
    },
    draw({ around, above, distance }, cut, width, height, ratio) {
      size = { width, height };
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      const level = Math.cos(above) * distance;
      const eye = [Math.sin(around) * level, Math.sin(above) * distance + MIDDLE[1], Math.cos(around) * level] as const;
      const view = lookAt(eye, MIDDLE);
      const projection = perspective(FOV, width / height, 0.1, 20);
      seen = product(projection, view);
      gl.viewport(0, 0, canvas.width, canvas.height);
      gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
      gl.uniformMatrix4fv(viewPlace, false, view);
      gl.uniformMatrix4fv(projectionPlace, false, projection);
      gl.uniform2f(cutPlace, cut.x + 1e-4, cut.y + 1e-4);
      gl.drawElements(gl.TRIANGLES, corners, gl.UNSIGNED_INT, 0);
    },
    project(x, y, z) {
      const [right, up] = projected(seen, [x, y, z]);
      return [((right + 1) / 2) * size.width, ((1 - up) / 2) * size.height];
    },
    destroy() {
      gl.getExtension('WEBGL_lose_context')?.loseContext();
    },
  };
}

/** Both shaders as one program; null where the driver refuses them. */
function linked(gl: WebGL2RenderingContext): WebGLProgram | null {
  const program = gl.createProgram();
  for (const [kind, text] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(kind);
    if (shader === null) return null;
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return gl.getProgramParameter(program, gl.LINK_STATUS) === true ? program : null;
}
