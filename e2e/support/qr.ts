import jsQR from 'jsqr';
import type { Locator } from 'playwright-core';

/** What the camera of a phone reads where the code stands on the screen. */
export async function readQrCode(code: Locator): Promise<string | undefined> {
  const picture = (await code.screenshot()).toString('base64');
  // In a page of its own: that of the panel lets nothing be loaded.
  const page = await code.page().context().newPage();
  try {
    const { width, height, pixels } = await page.evaluate(async (png) => {
      const image = new Image();
      image.src = `data:image/png;base64,${png}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.width;
      canvas.height = image.height;
      const drawing = canvas.getContext('2d')!;
      drawing.drawImage(image, 0, 0);
      const { data } = drawing.getImageData(0, 0, image.width, image.height);
      return { width: image.width, height: image.height, pixels: [...data] };
    }, picture);
    return jsQR.default(Uint8ClampedArray.from(pixels), width, height)?.data;
  } finally {
    await page.close();
  }
}
