/** What is different on paper: nothing to click, no grounds but those that say something, cards in one piece. */
export const printStyle = `
@media print {
  @page { margin: 16mm 14mm; }
  :root { --paper: #ffffff; --card: #ffffff; --shade: #ffffff; }
  body { font-size: 10pt; }
  nav, .skip, details.reference, .top { display: none; }
  header.page, main { max-width: none; padding: 0; }
  a { color: inherit; text-decoration: none; }
  .scroll { overflow: visible; animation: none; mask-image: none; background: none; }
  .card, tr, figure, .asked, .feedback { break-inside: avoid; }
  h2, h3, h4, h5, h6, caption { break-after: avoid; }
  article.member { break-before: page; }
  .heat td, mark, .fill, .track { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
