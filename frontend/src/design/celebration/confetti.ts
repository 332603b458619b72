interface Piece {
  x: number;
  y: number;
  vx: number;
  vy: number;
  turn: number;
  spin: number;
  readonly size: number;
  readonly color: string;
}

const GRAVITY = 0.0011;
const DRAG = 0.0016;

function cast(width: number, height: number, count: number, colors: readonly string[]): Piece[] {
  return Array.from({ length: count }, (_, index) => {
    const angle = -Math.PI / 2 + (Math.random() - 0.5) * 1.9;
    const speed = 0.45 + Math.random() * 0.65;
    return {
      x: width / 2 + (Math.random() - 0.5) * 90,
      y: height,
      vx: Math.cos(angle) * speed,
      vy: Math.sin(angle) * speed,
      turn: Math.random() * Math.PI,
      spin: (Math.random() - 0.5) * 0.016,
      size: 5 + Math.random() * 6,
      color: colors[index % colors.length] ?? 'currentColor',
    };
  });
}

/**
 * Throws confetti up from the lower edge of a canvas, once.
 *
 * Returns a function that stops it at once.
 */
export function throwConfetti(canvas: HTMLCanvasElement, colors: readonly string[], count = 70): () => void {
  const context = canvas.getContext('2d');
  if (context === null) return () => undefined;
  const { width, height } = canvas.getBoundingClientRect();
  const scale = Math.min(globalThis.devicePixelRatio, 2);
  canvas.width = width * scale;
  canvas.height = height * scale;
  context.scale(scale, scale);
  const pieces = cast(width, height, count, colors);
  const started = performance.now();
  let last = started;
  let frame = requestAnimationFrame(draw);

  function draw(now: number): void {
    const step = Math.min(now - last, 40);
    const age = now - started;
    last = now;
    context?.clearRect(0, 0, width, height);
    if (context === null || age > 2600) return;
    context.globalAlpha = Math.min(1, (2600 - age) / 700);
    for (const piece of pieces) {
      piece.vx *= 1 - DRAG * step;
      piece.vy = piece.vy * (1 - DRAG * step * 0.4) + GRAVITY * step;
      piece.x += piece.vx * step;
      piece.y += piece.vy * step;
      piece.turn += piece.spin * step;
      context.save();
      context.translate(piece.x, piece.y);
      context.rotate(piece.turn);
      context.scale(1, Math.cos(piece.turn * 2));
      context.fillStyle = piece.color;
      context.fillRect(-piece.size / 2, -piece.size / 4, piece.size, piece.size / 2);
      context.restore();
    }
    frame = requestAnimationFrame(draw);
  }

  return () => cancelAnimationFrame(frame);
}
