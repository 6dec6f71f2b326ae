// Where the boxes and arrows of a workflow's picture stand. Steps follow one another from top to bottom; a conditional has its
// two ways side by side; the steps of a fan out stand in a frame.
import type { Declared } from "../app/types";

export const BOX = { width: 204, height: 60 };
const GAP = 34;
const BESIDE = 20;
const FRAME = { side: 16, top: 34, bottom: 18 };
/** A way without steps. */
const EMPTY_WIDTH = 64;

export type Point = { x: number; y: number };
export type Box = Point & { step: Declared };
export type Edge = {
  from: Point;
  to: Point;
  /** The steps at its ends; 0 where there is none. It was gone if both were taken. */
  steps: [number, number];
  /** It is a way without steps of this conditional: it was gone if the condition came out so. */
  way?: Way;
  label?: string;
};
export type Way = { step: number; result: boolean };
export type Group = Point & { width: number; height: number; label: string };
export type Picture = { width: number; height: number; boxes: Box[]; edges: Edge[]; groups: Group[] };

type Exit = Point & { step: number; way?: Way; label?: string };
type Piece = {
  width: number;
  height: number;
  /** Puts it there, under what comes before it; answers the ends that the next piece hangs on. */
  put: (picture: Picture, x: number, y: number, from: Exit[]) => Exit[];
};

/** The picture of a workflow; `trigger` is its first box. */
export function layOut(trigger: Declared, steps: readonly Declared[]): Picture {
  const whole = row([trigger, ...steps]);
  const picture: Picture = { width: whole.width, height: whole.height, boxes: [], edges: [], groups: [] };
  whole.put(picture, 0, 0, []);
  return picture;
}

function row(steps: readonly Declared[]): Piece {
  const pieces = steps.map(piece);
  const width = Math.max(EMPTY_WIDTH, ...pieces.map((one) => one.width));
  return {
    width,
    height: pieces.reduce((sum, one) => sum + one.height, 0) + Math.max(pieces.length - 1, 0) * GAP,
    put(picture, x, y, from) {
      let ends = from;
      let top = y;
      for (const one of pieces) {
        ends = one.put(picture, x + (width - one.width) / 2, top, ends);
        top += one.height + GAP;
      }
      return ends;
    },
  };
}

function piece(step: Declared): Piece {
  if (step.then || step.else) return ways(step, row(step.then ?? []), row(step.else ?? []));
  if (step.steps) return fan(step, row(step.steps));
  return {
    ...BOX,
    put(picture, x, y, from) {
      return [box(picture, step, x, y, from)];
    },
  };
}

function ways(step: Declared, yes: Piece, no: Piece): Piece {
  const width = Math.max(BOX.width, yes.width + BESIDE + no.width);
  const inner = Math.max(yes.height, no.height);
  return {
    width,
    height: BOX.height + (inner > 0 ? GAP * 1.5 + inner : GAP),
    put(picture, x, y, from) {
      const exit = box(picture, step, x + (width - BOX.width) / 2, y, from);
      const top = y + BOX.height + GAP * 1.5;
      const left = x + (width - yes.width - BESIDE - no.width) / 2;
      const ends = [
        ...way(picture, yes, step.then ?? [], left, top, { ...exit, label: "then" }, true),
        ...way(picture, no, step.else ?? [], left + yes.width + BESIDE, top, { ...exit, label: "else" }, false),
      ];
      // The shorter way goes straight down to where the longer one ends, so that no arrow crosses it.
      return ends.map((end) => {
        const bottom = { x: end.x, y: top + inner };
        if (end.y < bottom.y) picture.edges.push({ from: end, to: bottom, steps: [end.step, 0], way: end.way });
        return { ...end, ...bottom };
      });
    },
  };
}

/** One way of a conditional; one without steps goes past the other. */
function way(picture: Picture, piece: Piece, steps: readonly Declared[], x: number, y: number, from: Exit, result: boolean): Exit[] {
  if (steps.length > 0) return piece.put(picture, x, y, [from]);
  const middle = x + piece.width / 2;
  const past = { step: from.step, result };
  picture.edges.push({ from, to: { x: middle, y }, steps: [from.step, 0], way: past, label: from.label });
  return [{ x: middle, y, step: from.step, way: past }];
}

function fan(step: Declared, inner: Piece): Piece {
  const frame = { width: inner.width + 2 * FRAME.side, height: inner.height + FRAME.top + FRAME.bottom };
  const width = Math.max(BOX.width, frame.width);
  return {
    width,
    height: BOX.height + GAP + frame.height,
    put(picture, x, y, from) {
      const exit = box(picture, step, x + (width - BOX.width) / 2, y, from);
      const left = x + (width - frame.width) / 2;
      const top = y + BOX.height + GAP;
      picture.groups.push({ x: left, y: top, ...frame, label: "for each item" });
      inner.put(picture, left + FRAME.side, top + FRAME.top, [exit]);
      return [{ x: left + frame.width / 2, y: top + frame.height, step: step.number }];
    },
  };
}

function box(picture: Picture, step: Declared, x: number, y: number, from: Exit[]): Exit {
  picture.boxes.push({ step, x, y });
  const middle = x + BOX.width / 2;
  for (const { step: before, label, way, ...end } of from) {
    picture.edges.push({ from: end, to: { x: middle, y }, steps: [before, step.number], way, label });
  }
  return { x: middle, y: y + BOX.height, step: step.number };
}
