/** The sound of the board: two tones, again and again until somebody sees to it. Browsers want a click before the first one. */
import { onUnmounted, ref, watch } from 'vue'

const EVERY = 2_000

export function useAlarm(rings: () => boolean) {
  const on = ref(false)
  let audio: AudioContext | null = null

  function tone(pitch: number, after: number) {
    if (!audio) return
    const from = audio.currentTime + after
    const sound = audio.createOscillator(), volume = audio.createGain()
    sound.frequency.value = pitch
    volume.gain.setValueAtTime(0.0001, from)
    volume.gain.exponentialRampToValueAtTime(0.4, from + 0.03)
    volume.gain.exponentialRampToValueAtTime(0.0001, from + 0.45)
    sound.connect(volume).connect(audio.destination)
    sound.start(from)
    sound.stop(from + 0.5)
  }
  const ring = () => { tone(880, 0); tone(660, 0.5) }

  async function turnOn() {
    audio ??= new AudioContext()
    await audio.resume()
    on.value = audio.state === 'running'
    if (on.value) tone(660, 0)
  }
  function turnOff() {
    on.value = false
    void audio?.suspend()
  }
  const timer = setInterval(() => { if (on.value && rings()) ring() }, EVERY)
  watch(rings, now => { if (now && on.value) ring() })
  onUnmounted(() => { clearInterval(timer); void audio?.close() })
  return { on, turnOn, turnOff }
}
