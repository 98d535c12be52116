/** Reads a QR code from a picture: the browser's own reader where there is one, else the one we bring along. */
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url'

type Detector = { detect: (image: ImageBitmapSource) => Promise<{ rawValue: string }[]> }
type Native = { new (options: { formats: string[] }): Detector; getSupportedFormats: () => Promise<string[]> }
let detector: Promise<Detector> | null = null

async function make(): Promise<Detector> {
  const native = (window as unknown as { BarcodeDetector?: Native }).BarcodeDetector
  if (native && (await native.getSupportedFormats().catch(() => [] as string[])).includes('qr_code')) return new native({ formats: ['qr_code'] })
  const { BarcodeDetector, prepareZXingModule } = await import('barcode-detector/ponyfill')
  prepareZXingModule({ overrides: { locateFile: (file: string, folder: string) => (file.endsWith('.wasm') ? wasm : folder + file) } })
  return new BarcodeDetector({ formats: ['qr_code'] })
}

export async function decode(image: ImageBitmapSource) {
  detector ??= make()
  return (await (await detector).detect(image))[0]?.rawValue
}
