/** 4 × 4, column by column, as WebGL takes it. */
export type Matrix = Float32Array;
type Vector = readonly [x: number, y: number, z: number];

const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
function unit(a: Vector): Vector {
  const length = Math.sqrt(dot(a, a)) || 1;
  return [a[0] / length, a[1] / length, a[2] / length];
}

/** World to eye: from `eye` towards `target`, the second axis of the world upwards. */
export function lookAt(eye: Vector, target: Vector): Matrix {
  const back = unit(minus(eye, target));
  const right = unit(cross([0, 1, 0], back));
  const up = cross(back, right);
  const rows = [right, up, back].map((axis) => [...axis, -dot(axis, eye)]);
  return Float32Array.from({ length: 16 }, (_, i) => (i % 4 === 3 ? Number(i === 15) : rows[i % 4]![Math.floor(i / 4)]!));
}

/** Eye to clip space. @param fov upright angle of view, radians */
export function perspective(fov: number, aspect: number, near: number, far: number): Matrix {
  const f = 1 / Math.tan(fov / 2);
  const depth = 1 / (near - far);
  const out = new Float32Array(16);
  out[0] = f / aspect;
  out[5] = f;
  out[10] = (far + near) * depth;
  out[11] = -1;
  out[14] = 2 * far * near * depth;
  return out;
}

/** a · b: first b, then a. */
export function product(a: Matrix, b: Matrix): Matrix {
  return Float32Array.from({ length: 16 }, (_, i) => {
    const [column, row] = [i >> 2, i & 3];
    let sum = 0;
    for (let k = 0; k < 4; k++) sum += a[4 * k + row]! * b[4 * column + k]!;
    return sum;
  });
}

/** A point after the matrix, divided by its fourth part: −1 … 1 on either axis of the picture. */
export function projected(matrix: Matrix, [x, y, z]: Vector): readonly [number, number] {
  const part = (row: number): number => matrix[row]! * x + matrix[4 + row]! * y + matrix[8 + row]! * z + matrix[12 + row]!;
  return [part(0) / part(3), part(1) / part(3)];
}
