// A page read aloud by the browser's own voice: a story, or the stories of a day. We send nothing anywhere for it.
(() => {
  const speech = window.speechSynthesis;
  const button = document.querySelector("[data-listen]");
  if (!speech || !button) return;
  // What is read, in its order: of a story's page, and of a day's.
  const PARTS = [
    ".report-title, .report-main > .report-excerpt, .report-main > .prose > :not(pre, figure)",
    ".page-head h1, .front-main .story-title, .front-main .story-excerpt",
  ].join();
  const parts = () => [...document.querySelectorAll(PARTS)].filter((part) => part.getClientRects().length);
  const START = button.textContent;
  let turn = 0;
  let queue = []; // Some browsers forget what nobody holds, in the middle of a word.
  let spoken = null;

  const tag = (text) => text.toLowerCase().replace("_", "-");
  const primary = (text) => tag(text).split("-")[0];
  const languageOf = (part) => part.closest("[lang]").lang;

  // Of this very language rather than of another country's, and the reader's usual one rather than another.
  function voiceFor(lang) {
    const rank = (voice) => 2 * (tag(voice.lang) === tag(lang)) + voice.default;
    const known = speech.getVoices().filter((voice) => primary(voice.lang) === primary(lang));
    return known.sort((one, other) => rank(other) - rank(one))[0];
  }

  // Some voices end in the middle of a long text.
  function sentences(text, lang) {
    try {
      return Array.from(new Intl.Segmenter(lang, { granularity: "sentence" }).segment(text), ({ segment }) => segment);
    } catch {
      return [text];
    }
  }

  function mark(part) {
    spoken?.removeAttribute("data-spoken");
    part?.setAttribute("data-spoken", "");
    spoken = part;
  }

  function stop() {
    turn += 1;
    queue = [];
    speech.cancel();
    mark(null);
    button.textContent = START;
  }

  function utterance(part, text, mine) {
    const said = new SpeechSynthesisUtterance(text);
    said.lang = languageOf(part);
    said.voice = voiceFor(said.lang) || null;
    said.onstart = () => mine === turn && mark(part);
    said.onend = () => mine === turn && said === queue[queue.length - 1] && stop();
    said.onerror = () => mine === turn && stop();
    return said;
  }

  function start() {
    stop();
    const mine = turn;
    queue = parts().flatMap((part) =>
      sentences(part.textContent.replace(/\s+/g, " ").trim(), languageOf(part)).map((text) => utterance(part, text, mine)),
    );
    for (const said of queue) speech.speak(said);
    button.textContent = button.dataset.stop;
  }

  // Some browsers know their voices only after a while, and some have none for this language.
  function offer() {
    const [first] = parts();
    button.hidden = !first || !voiceFor(languageOf(first));
  }

  button.addEventListener("click", () => (queue.length ? stop() : start()));
  // A voice outlives its page, unless it is told not to.
  addEventListener("pagehide", stop);
  speech.addEventListener?.("voiceschanged", offer);
  offer();
})();
