import { Camera, Geometry, Mesh as OglMesh, Program, Renderer, Transform, Vec3 } from 'ogl';
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
in vec3 position;
in vec3 color;
uniform mat4 modelViewMatrix;
uniform mat4 projectionMatrix;
out vec3 vColor;
out vec3 vPlace;
out vec3 vView;
void main() {
  vColor = color;
  vPlace = position;
  vec4 view = modelViewMatrix * vec4(position, 1.0);
  vView = view.xyz;
  gl_Position = projectionMatrix * view;
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

/** @returns null where the browser has no WebGL2 */
export function createReliefScene(canvas: HTMLCanvasElement): ReliefScene | null {
  if (!hasWebGl2()) return null;
  const renderer = new Renderer({ canvas, webgl: 2, alpha: true, antialias: true, dpr: 1, preserveDrawingBuffer: true });
  const { gl } = renderer;
  const camera = new Camera(gl, { fov: 32, near: 0.1, far: 20 });
  const scene = new Transform();
  const program = new Program(gl, {
    vertex: VERTEX,
    fragment: FRAGMENT,
    uniforms: { uCut: { value: [1, 1] } },
    cullFace: false,
  });
  let shown: OglMesh | null = null;
  let size = { width: 1, height: 1 };

  return {
    setMesh({ position, color, index }) {
      shown?.setParent(null);
      const geometry = new Geometry(gl, {
        position: { size: 3, data: position },
        color: { size: 3, data: color },
        index: { data: index },
      });
      shown = new OglMesh(gl, { geometry, program });
      shown.setParent(scene);
    },
    draw({ around, above, distance }, cut, width, height, ratio) {
      size = { width, height };
      renderer.dpr = ratio;
      renderer.setSize(width, height);
      camera.perspective({ aspect: width / height });
      const level = Math.cos(above) * distance;
      camera.position.set(Math.sin(around) * level, Math.sin(above) * distance + 0.2, Math.cos(around) * level);
      camera.lookAt(new Vec3(0, 0.2, 0));
      program.uniforms['uCut'] = { value: [cut.x + 1e-4, cut.y + 1e-4] };
      renderer.render({ scene, camera });
    },
    project(x, y, z) {
      const point = new Vec3(x, y, z);
      camera.project(point);
      return [((point.x + 1) / 2) * size.width, ((1 - point.y) / 2) * size.height];
    },
    destroy() {
      gl.getExtension('WEBGL_lose_context')?.loseContext();
    },
  };
}

function hasWebGl2(): boolean {
  const probe = document.createElement('canvas').getContext('webgl2');
  probe?.getExtension('WEBGL_lose_context')?.loseContext();
  return probe !== null;
}
