/**
 * The style sheets of papers and pages: on paper exact millimetres and nothing else, on a screen a sheet
 * on a ground, readable on a telephone. One text for each kind of page, so that its digest can be allowed.
 */
import { NAME_SIZES_MM } from '../layout/strip.ts';
import type { PaperForm } from '../paper.ts';

const FONTS = `"Noto Sans TC","Noto Sans CJK TC","Microsoft JhengHei","PingFang TC",sans-serif`;

/** A style attribute would need a policy of its own; a class does not. */
export function sizeClass(size: number): string {
  return `size${size * 100}`;
}

const COMMON = `*{box-sizing:border-box}
html{color:#000;background:#fff;font-family:${FONTS}}
body{margin:0}
h1,h3,p,dl,dd,dt{margin:0;font-weight:inherit}
hr{border:0;border-top:.125mm solid #000;margin:1mm 0}
svg{display:block;fill:#000}
.left{text-align:left}.center{text-align:center}.right{text-align:right}
.stamps{text-align:center}
.stamps strong{border:.25mm solid #000;font-weight:700;display:inline-block}
table{border-collapse:collapse;width:100%}
th{font-weight:700}
.paper{background:#fff;color:#000}`;

const STRIP = `.strip{width:57mm;font-size:3mm;line-height:1.25}
.strip .part{width:57mm;padding:3mm 4.5mm 4mm;overflow:hidden;overflow-wrap:anywhere}
.strip .certificate,.strip .back{height:90mm;padding-bottom:0}
.strip .name{font-size:4.25mm;font-weight:700}
${NAME_SIZES_MM.map((size) => `.strip .${sizeClass(size)}{font-size:${size}mm}`).join('')}
.strip .title{font-size:4.75mm;font-weight:700;white-space:nowrap}
.strip .period,.strip .number{font-size:6mm;font-weight:700}
.strip .small{font-size:2.5mm}
.strip .stamps strong{font-size:3.25mm;padding:.4mm 1mm;margin:0 .8mm .6mm}
.strip .pair,.strip .totals div{display:flex;justify-content:space-between;flex-wrap:wrap}
.strip .pair span:last-child,.strip .totals dd{margin-left:auto}
.strip .strong{font-weight:700}
.strip .barcode{margin:1mm auto 0}
.strip .codes{display:flex;justify-content:center;gap:4.5mm;margin:2mm -4.5mm 0}
.strip thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.strip .items tr{display:flex;flex-wrap:wrap;justify-content:space-between}
.strip .items td{padding:0}
.strip .items td:first-child{flex:0 0 100%}
.strip .fields div{display:flex;border-bottom:.125mm solid #000;margin:1mm 0;min-height:5mm}
.strip .fields dt::after{content:"："}`;

const SHEET = `.a4,.a5{line-height:1.3;overflow-wrap:anywhere}
.a4{width:210mm;padding:15mm;font-size:3.5mm}
.a5{width:148mm;padding:10mm;font-size:2.75mm}
.name,.title{font-size:1.6em;font-weight:700}
.sheet .stamps strong{font-size:1.2em;padding:.1em .4em;margin:.2em}
.fields{margin:1em 0 .6em}
.fields div,.totals div{display:flex}
.fields dt::after{content:"："}
.items th,.items td{border:.125mm solid #000;padding:1mm;font-size:.9em;vertical-align:top}
.items{table-layout:fixed;margin-bottom:2mm}
.items tr,.totals,.box{break-inside:avoid}
.totals{width:45%;margin-left:auto}
.totals div{justify-content:space-between}
.strong{font-weight:700}
.box{width:55%;min-height:32mm;margin:2mm 0 0 auto;border:.125mm solid #000;padding:1mm 2mm}
${[7, 9, 11, 12, 14, 15, 23, 37].map((share) => `.w${share}{width:${share}%}`).join('')}`;

const SCREEN = `@media screen{html{background:#e6e8eb}body{padding:16px}
.paper{margin:0 auto;box-shadow:0 1px 6px #0006}
.strip{background:none;box-shadow:none}
.strip .part{background:#fff;margin:0 auto 4mm;box-shadow:0 1px 6px #0006}
.strip .joined{margin-top:-4mm}
.bar{max-width:210mm;margin:0 auto 16px;font-size:16px;display:flex;gap:16px;align-items:center;flex-wrap:wrap}
.bar button{font:inherit;padding:8px 20px;border:1px solid #0b4f6c;border-radius:6px;background:#0b4f6c;color:#fff}
.bar button:focus-visible,.bar a:focus-visible{outline:3px solid #c05a00;outline-offset:2px}
.bar a{color:#063a50}}
@media print{.bar{display:none}}`;

/** Pages of the exact size: details as long as they are, with a little room for other fonts. */
export function printStyle(form: PaperForm, partHeights: readonly number[]): string {
  if (form !== 'strip') return `${COMMON}\n${SHEET}\n${SCREEN}\n@page{size:${form};margin:0}`;
  const pages = partHeights.map(
    (height, index) =>
      `@page p${index}{size:57mm ${height.toFixed(1)}mm;margin:0}.strip .p${index}{page:p${index};break-after:page}`,
  );
  return `${COMMON}\n${STRIP}\n${SCREEN}\n@page{size:57mm 90mm;margin:0}\n${pages.join('\n')}\n@media print{.strip>:last-child,.strip>:last-child>:last-child{break-after:auto}}`;
}

/** The buyer's page: the certificate and what stands around it. */
export const BUYER_STYLE = `${COMMON}
${STRIP}
@media screen{html{background:#f3f4f6;color:#111;font-size:16px;line-height:1.5}
body{max-width:44rem;margin:0 auto;padding:16px}
header{display:flex;justify-content:space-between;align-items:baseline;gap:16px;flex-wrap:wrap}
header h1{font-size:1.4rem;font-weight:700;margin:8px 0}
header a,footer a{color:#063a50}
a:focus-visible{outline:3px solid #c05a00;outline-offset:2px}
.card{background:#fff;border-radius:10px;padding:16px;margin:12px 0}
.card h2{font-size:1.1rem;margin:0 0 8px}
.facts div{display:flex;justify-content:space-between;gap:16px;padding:4px 0;border-bottom:1px solid #ddd}
.facts dd{text-align:right;overflow-wrap:anywhere}
.goods{font-size:.95rem}
.goods th,.goods td{padding:6px 4px;border-bottom:1px solid #ddd;vertical-align:top}
.goods td:first-child{overflow-wrap:anywhere}
.scroll{overflow-x:auto}
.proof .paper{margin:0 auto}
.proof .part{border:1px solid #bbb}
.note{color:#444;font-size:.9rem}}`;
