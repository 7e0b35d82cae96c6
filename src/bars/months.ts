/** Month names by language, January first; of each the first letters that make it unique are enough. */
const LANGUAGES: readonly string[] = [
  'january february march april may june july august september october november december',
  'januar februar marz april mai juni juli august september oktober november dezember',
  'janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre',
  'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
  'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
  'janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro',
  'stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia',
  'styczen luty marzec kwiecien maj czerwiec lipiec sierpien wrzesien pazdziernik listopad grudzien',
  'января февраля марта апреля мая июня июля августа сентября октября ноября декабря',
  'январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь',
  'ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik',
  'januari februari maart april mei juni juli augustus september oktober november december',
  'januari februari mars april maj juni juli augusti september oktober november december',
];

const NUMBERS = makeNumbers();

function makeNumbers(): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>([
    ['sept', 9],
    ['mrz', 3],
    ['maerz', 3],
    ['janv', 1],
    ['fevr', 2],
    ['juil', 7],
  ]);
  for (const language of LANGUAGES) {
    const names = plainLetters(language).split(' ');
    names.forEach((name, i) => {
      numbers.set(name, i + 1);
      for (const length of [3, 4]) {
        const short = name.slice(0, length);
        const unique = names.filter((other) => other.startsWith(short)).length === 1;
        if (unique && (numbers.get(short) ?? i + 1) === i + 1) numbers.set(short, i + 1);
      }
    });
  }
  return numbers;
}

/** Lower case without accents: "Décembre" is "decembre", "März" is "marz". */
export function plainLetters(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('ı', 'i')
    .replaceAll('ł', 'l')
    .replaceAll('ø', 'o')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .normalize('NFC');
}

/** 1 … 12 of a month's name or its abbreviation; 0 where it is none. */
export function monthOf(name: string): number {
  return NUMBERS.get(plainLetters(name)) ?? 0;
}

const WEEKDAY = /^(?:mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|rs|rsday|urday)?\.?,?\s+/i;

/** "Tue, Jan 2, 2024" without the day of the week. */
export function stripWeekday(text: string): string {
  return text.replace(WEEKDAY, '');
}
