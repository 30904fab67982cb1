using Noroshi.Hub.Figures;

namespace Noroshi.Hub.Reports.Findings;

/// <summary>The style sheet of every page: screen in both modes, narrow screens, paper.</summary>
public static class PageStyle
{
    private const string Rules = """
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.7 "BIZ UDPGothic","BIZ UDPゴシック","Hiragino Sans","Yu Gothic UI","Noto Sans JP","Noto Sans CJK JP",sans-serif;overflow-wrap:anywhere;line-break:strict}
        a{color:var(--link);text-underline-offset:.2em}
        a:focus-visible,summary:focus-visible,.wide:focus-visible{outline:3px solid var(--frame);outline-offset:2px}
        .bar{display:flex;flex-wrap:wrap;align-items:center;gap:.4rem 1.25rem;padding:.6rem 1.5rem;background:var(--surface);border-bottom:1px solid var(--line)}
        .bar .name{font-weight:700;font-size:1.15rem}.bar .name small{font-weight:400;color:var(--muted);margin-left:.5em;font-size:.8rem}
        .bar .right{margin-left:auto;display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center}
        .tlp{background:var(--tlp-ground);color:var(--tlp);font-weight:700;padding:.15rem .6rem;border-radius:3px;font-size:.85rem;white-space:nowrap}
        main{max-width:1240px;margin:0 auto;padding:1.25rem 1.5rem 3rem}
        .crumbs{font-size:.875rem;margin:0}
        h1{font-size:1.7rem;line-height:1.35;margin:.15rem 0 .35rem}
        h2{font-size:1.15rem;line-height:1.4;margin:0 0 .75rem}
        h3{font-size:1rem;margin:1.1rem 0 .35rem}
        p{margin:.35rem 0 .6rem}
        .lead{color:var(--muted);margin:.1rem 0 1rem}
        .lead .chip{vertical-align:.08em}
        .card{background:var(--surface);border:1px solid var(--line);border-radius:10px;padding:1.1rem 1.25rem;margin:0 0 1rem;min-width:0}
        .two{display:grid;grid-template-columns:minmax(0,1fr) 20rem;gap:1rem;align-items:start}
        .live{background:var(--warn-soft);border:2px solid var(--frame)}
        .live h2{color:var(--frame)}
        .hedge{font-size:1.15rem;font-weight:700;line-height:1.7}
        .muted{color:var(--muted)}.small{font-size:.875em}.num{text-align:right;white-space:nowrap}
        .prompt{color:var(--attack);font-weight:700}
        .chip{display:inline-block;border:1px solid var(--rule);border-radius:4px;padding:0 .45em;font-size:.8125rem;line-height:1.55;margin:0 .15em .15em 0;background:var(--surface);color:var(--ink)}
        .role{display:inline-block;white-space:nowrap;min-width:3.2em;text-align:center;border-radius:4px;padding:.05em .5em;font-size:.8125rem;font-weight:700;border:1px solid}
        .role-reconnaissance{color:var(--recon);background:var(--recon-soft);border-color:var(--recon)}
        .role-reply{color:var(--reply);background:var(--reply-soft);border-color:var(--reply)}
        .role-attack{color:var(--on-attack);background:var(--attack);border-color:var(--attack)}
        .role-other{color:var(--other);background:var(--surface);border-color:var(--other)}
        .grade-high{color:var(--on-attack);background:var(--attack);border-color:var(--attack);font-weight:700}
        .grade-live{color:var(--ink);background:var(--warn-soft);border-color:var(--frame);font-weight:700}
        .danger{color:var(--attack);font-weight:700}
        table{border-collapse:collapse;width:100%;font-size:.9375rem}
        caption{text-align:left;color:var(--muted);font-size:.875rem;padding-bottom:.4rem}
        th{text-align:left;font-size:.8125rem;color:var(--muted);border-bottom:2px solid var(--rule);padding:.35rem .6rem;vertical-align:bottom}
        th.num{text-align:right}
        td{border-bottom:1px solid var(--line);padding:.5rem .6rem;vertical-align:top}
        tbody th{font-size:inherit;color:inherit;border-bottom:1px solid var(--line);white-space:nowrap;vertical-align:top;padding:.5rem .6rem}
        dl.facts{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.3rem 1.1rem;margin:.4rem 0}
        dl.facts dt{color:var(--muted);font-size:.875rem}dl.facts dd{margin:0}
        @media screen and (min-width:900px){dl.pair{grid-template-columns:max-content minmax(0,1fr) max-content minmax(0,1fr)}}
        ol.why{margin:0;padding-left:1.4em}ol.why li{margin:0 0 .85rem}ol.why li::marker{font-weight:700}
        ol.why .what{display:block}
        ul.plain{list-style:none;margin:.2rem 0;padding:0}ul.plain li{margin:.3rem 0}
        ul.tree{list-style:none;margin:.25rem 0 0;padding:0}ul.tree ul.tree{border-left:2px solid var(--line);padding-left:.8rem;margin-left:.2rem}
        ul.tree li{margin:.3rem 0}
        code{font-family:"BIZ UDGothic",ui-monospace,"Noto Sans Mono CJK JP",monospace;font-size:.9em;background:var(--raised);border-radius:3px;padding:0 .3em}
        details{margin:.35rem 0}summary{cursor:pointer;color:var(--link);font-size:.875rem;min-height:1.5rem}
        details>div{padding:.35rem 0 .2rem}
        .wide{overflow-x:auto}
        .legend{display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;font-size:.875rem;margin:0 0 .6rem;align-items:center}
        .note{border-left:4px solid var(--rule);padding:.1rem 0 .1rem .8rem;font-size:.875rem;color:var(--muted);margin:.8rem 0 0}
        footer{max-width:1240px;margin:0 auto;padding:0 1.5rem 2rem;font-size:.8125rem;color:var(--muted)}
        @media screen and (max-width:860px){.two{grid-template-columns:minmax(0,1fr)}}
        @media screen and (max-width:640px){
        main{padding:1rem .75rem 2rem}.bar{padding:.6rem .75rem}.bar .right{margin-left:0}footer{padding:0 .75rem 2rem}
        h1{font-size:1.35rem}.card{padding:.9rem .8rem}
        dl.facts{grid-template-columns:minmax(0,1fr);gap:0}dl.facts dd{margin:0 0 .5rem}
        .wide::before{content:attr(data-hint);display:block;position:sticky;left:0;font-size:.8125rem;color:var(--muted)}
        table.stack,table.stack tbody,table.stack tr,table.stack td,table.stack th,table.stack caption{display:block;width:auto}
        table.stack thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        table.stack tr{border:1px solid var(--line);border-radius:8px;margin:0 0 .7rem;padding:.4rem .7rem}
        table.stack td,table.stack tbody th{border:0;padding:.15rem 0;text-align:left;white-space:normal}
        table.stack td[data-label]::before,table.stack tbody th[data-label]::before{content:attr(data-label);display:block;font-size:.75rem;font-weight:400;color:var(--muted)}
        table.stack td:empty{display:none}
        table.short tr{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:0 .8rem;align-items:center}
        table.stack.short td::before{content:none}table.short td:nth-child(3){grid-column:1/-1}
        }
        @media print{
        @page{size:A4;margin:14mm 13mm}
        body{background:#fff;font-size:9.5pt;line-height:1.55}
        main,footer{max-width:none;padding:0}.bar{padding:0 0 2mm;margin:0 0 3mm;border-bottom:1pt solid #000}
        .noprint{display:none}
        .card{border:0;border-radius:0;padding:0;margin:0 0 6mm}.live{border:1.5pt solid var(--frame);padding:2mm 3mm}
        h1{font-size:16pt}h2{font-size:12pt;border-bottom:.5pt solid var(--rule);padding-bottom:1mm;break-after:avoid}h3{font-size:10.5pt;break-after:avoid}
        table{font-size:9pt}tr,ol.why li,.hop{break-inside:avoid}thead{display:table-header-group}
        .two{display:block}a{color:inherit;text-decoration:none}
        .card:has(>.wide){break-inside:avoid}.legend{break-after:avoid}
        details:not([open]):not(.line){display:none}summary{color:inherit}
        .chip,.role,.tlp{print-color-adjust:exact;-webkit-print-color-adjust:exact}
        svg.figure{print-color-adjust:exact;-webkit-print-color-adjust:exact}
        .wide{overflow:visible}svg.figure{min-width:0!important}
        }

        """;

    /// <summary>The whole style sheet.</summary>
    public static string Css { get; } = $"{FigureStyle.Variables}{FigureStyle.Css}{Rules}";
}
