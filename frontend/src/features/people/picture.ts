const SIDE = 640;
const QUALITY = 0.9;

/** Reads bytes as the API takes them. */
export async function base64(file: Blob): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(typeof reader.result === 'string' ? reader.result : ''));
    reader.addEventListener('error', () => reject(new Error('the file cannot be read')));
    reader.readAsDataURL(file);
  });
  return url.slice(url.indexOf(',') + 1);
}

/** Makes a picture small and square before it is sent; what the browser cannot read is sent as it is. */
export async function smallSquare(file: Blob): Promise<Blob> {
  try {
    const image = await createImageBitmap(file);
    const side = Math.min(image.width, image.height);
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = Math.min(side, SIDE);
    const place = [(image.width - side) / 2, (image.height - side) / 2, side, side] as const;
    canvas.getContext('2d')?.drawImage(image, ...place, 0, 0, canvas.width, canvas.height);
    image.close();
    const made = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/webp', QUALITY));
    return made ?? file;
  } catch {
    return file;
  }
}
