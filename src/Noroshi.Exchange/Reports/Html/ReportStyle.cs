using System.Globalization;
using System.Text;
using Noroshi.Hub.Figures;
using Noroshi.Hub.Reports.Documents;

namespace Noroshi.Exchange.Reports.Html;

/// <summary>The style sheet of a report: screen in both modes, narrow screens, paper.</summary>
internal static class ReportStyle
{
    private const string Screen = """
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
        body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.8 "BIZ UDPGothic","BIZ UDPゴシック","Hiragino Sans","Yu Gothic UI","IPAexGothic","Noto Sans JP","Noto Sans CJK JP",sans-serif;overflow-wrap:anywhere;line-break:strict}
        a{color:var(--link);text-underline-offset:.2em}
        a:focus-visible,summary:focus-visible,.wide:focus-visible,main:focus-visible{outline:3px solid var(--frame);outline-offset:2px}
        .skip{position:absolute;left:-999rem}
        .skip:focus{left:1rem;top:.5rem;z-index:1;background:var(--surface);padding:.4rem .8rem;border:1px solid var(--rule);border-radius:4px}
        .bar{display:flex;flex-wrap:wrap;align-items:center;gap:.4rem 1.25rem;padding:.6rem 1.5rem;background:var(--surface);border-bottom:1px solid var(--line)}
        .bar .name{font-weight:700}
        .bar nav{display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;font-size:.875rem}
        .bar nav a{display:inline-block;min-height:24px}
        .bar .tlp{margin-left:auto}
        .tlp{background:var(--tlp-ground);color:var(--tlp);font-weight:700;padding:.15rem .6rem;border-radius:3px;font-size:.85rem;white-space:nowrap}
        main{max-width:980px;margin:1.5rem auto;padding:2rem 2.5rem 2.5rem;background:var(--surface);border:1px solid var(--line);border-radius:10px}
        .front{border-bottom:2px solid var(--ink);padding-bottom:1.1rem;margin-bottom:1.4rem}
        .form{color:var(--muted);font-size:.9375rem;margin:0}
        h1{font-size:1.75rem;line-height:1.4;margin:.2rem 0 .3rem;text-wrap:balance}
        .subtitle{font-size:1.1rem;font-weight:700;line-height:1.6;margin:.2rem 0 .9rem}
        .facts{display:flex;flex-wrap:wrap;gap:.2rem 1.8rem;margin:.6rem 0 0;font-size:.9375rem}
        .facts div{display:flex;gap:.6em}.facts dt{color:var(--muted);white-space:nowrap}.facts dd{margin:0}
        .state{border:1px solid var(--rule);border-radius:4px;padding:0 .45em;font-size:.875rem;line-height:1.6}
        .preliminary{background:var(--warn-soft);border-color:var(--frame);font-weight:700}
        h2{font-size:1.3rem;line-height:1.45;margin:2.4rem 0 .8rem;padding:.1rem 0 .25rem;border-bottom:1px solid var(--rule)}
        h3{font-size:1.1rem;line-height:1.5;margin:1.8rem 0 .5rem}
        p{margin:.5rem 0 .9rem}
        .ja p.text{text-indent:1em}
        ol.text{padding-left:1.9em;margin:.6rem 0 1rem}ol.text li{margin:.55rem 0}ol.text li::marker{font-weight:700}
        ol.text p,.ja ol.text p.text{margin:0;text-indent:0}
        a.bound{color:inherit;text-decoration:underline dotted var(--rule);text-underline-offset:.25em}
        a.bound:hover{color:var(--link);text-decoration-style:solid}
        a.mark{font-size:.8em;vertical-align:super;line-height:0;white-space:nowrap}
        figure,.table{margin:1.5rem 0 1.8rem;min-width:0}
        figcaption,.table caption{font-weight:700;text-align:left;padding:0 0 .5rem;font-size:1rem}
        .under{color:var(--muted);font-size:.875rem;line-height:1.65;margin:.45rem 0 0}
        .wide{overflow-x:auto}
        .wide table{min-width:26rem}
        table{border-collapse:collapse;width:100%;font-size:.9375rem;line-height:1.6;font-variant-numeric:tabular-nums}
        thead th{text-align:left;font-size:.875rem;background:var(--raised);border-top:1px solid var(--rule);border-bottom:1px solid var(--rule);padding:.4rem .7rem;vertical-align:bottom}
        td,tbody th{text-align:left;font-weight:400;border-bottom:1px solid var(--line);padding:.45rem .7rem;vertical-align:top}
        tbody th{white-space:nowrap}tbody th.long{white-space:normal;min-width:8em}
        tbody tr:last-child>*{border-bottom-color:var(--rule)}
        .short{white-space:nowrap}.sources th:nth-child(1){width:38%}.sources thead th:nth-child(4){width:24%}
        .num,thead th.num{text-align:right;white-space:nowrap}
        details{margin:.5rem 0 0}summary{cursor:pointer;color:var(--link);font-size:.875rem;min-height:24px}
        .files{font-size:.875rem;margin:.45rem 0 0;display:flex;flex-wrap:wrap;gap:.2rem 1.1rem}.files a{display:inline-block;min-height:24px}
        .toc{background:var(--raised);border-radius:8px;padding:.9rem 1.3rem;margin:0 0 1.6rem;font-size:.9375rem}
        .toc h2{font-size:.9375rem;margin:0 0 .3rem;border:0;padding:0}.toc ol{list-style:none;margin:0;padding:0}.toc ol ol{padding-left:1.5em}
        .toc a{display:inline-block;min-height:24px}
        ol.foot{list-style:none;padding:0;font-size:.9375rem}ol.foot li{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:0 .6em;margin:.35rem 0}ol.foot p{margin:0}
        .contacts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,18rem),1fr));gap:1rem}
        .contacts h3{font-size:1rem;margin:0 0 .2rem}.contacts p{margin:0}
        .contact{border:1px solid var(--line);border-radius:8px;padding:.8rem 1rem}
        .sources{font-size:.875rem}.sources tr:target,.foot li:target{background:var(--warn-soft)}
        footer{max-width:980px;margin:0 auto;padding:0 1.5rem 2rem;font-size:.8125rem;color:var(--muted)}
        .years{list-style:none;padding:0;display:grid;gap:.8rem}.years li{border:1px solid var(--line);border-radius:8px;padding:.8rem 1.1rem}.years a{font-weight:700}.years p{margin:.1rem 0}
        @media screen and (max-width:640px){
        main{margin:0;border:0;border-radius:0;padding:1.2rem .9rem 2rem}.bar{padding:.6rem .9rem}.bar .tlp{margin-left:0}
        h1{font-size:1.35rem}.subtitle{font-size:1rem}h2{font-size:1.15rem}footer{padding:1rem .9rem 2rem}
        .wide::before{content:attr(data-hint);display:block;position:sticky;left:0;font-size:.8125rem;color:var(--muted)}
        table.stack,table.stack tbody,table.stack tr,table.stack td,table.stack th,table.stack caption{display:block;width:auto;min-width:0}
        table.stack thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        table.stack tr{border:1px solid var(--line);border-radius:8px;margin:0 0 .7rem;padding:.4rem .7rem}
        table.stack td,table.stack tbody th{border:0;padding:.15rem 0;text-align:left;white-space:normal}
        table.stack tbody th{font-weight:700}
        table.stack td[data-label]::before{content:attr(data-label);display:block;font-size:.75rem;color:var(--muted)}
        table.stack td:empty{display:none}
        .wide:has(table.stack)::before{content:none}
        }

        """;

    private const string Paper = """
        @media print{
        @page{size:A4;margin:21mm 18mm 18mm}
        body{background:#fff;font-size:10pt;line-height:1.7}
        main,footer{max-width:none;margin:0;padding:0;border:0;border-radius:0}
        .skip,.noprint,.bar,details:not([open]){display:none}
        .front{border-bottom:1.2pt solid #000;padding-bottom:4mm;margin-bottom:5mm}
        h1{font-size:17pt}.subtitle{font-size:11pt}.facts{font-size:9pt}.form{font-size:9.5pt}
        h2{font-size:13pt;margin:8mm 0 3mm;border-bottom:.6pt solid #000}h3{font-size:11pt;margin:5mm 0 2mm}
        h1,h2,h3,caption,figcaption{break-after:avoid}
        p,li{orphans:2;widows:2}
        .toc{background:none;border:.5pt solid var(--rule);border-radius:0;padding:3mm 4mm;break-inside:avoid}
        a,a.bound{color:inherit;text-decoration:none}
        figure{break-inside:avoid;margin:5mm 0 6mm}.table{margin:5mm 0 6mm}.under{break-before:avoid}
        table{font-size:9pt}tr,li,.contact{break-inside:avoid}thead{display:table-header-group}thead th{print-color-adjust:exact;-webkit-print-color-adjust:exact}
        .wide{overflow:visible}.wide table{min-width:0}svg.figure{min-width:0!important;print-color-adjust:exact;-webkit-print-color-adjust:exact}
        section.sources{break-before:page}.under,ol.foot{font-size:8.5pt}.sources,.sources table,.sources thead th{font-size:7.5pt;line-height:1.45}.sources h2{font-size:13pt}.sources td,.sources th{padding:1mm 1.5mm}footer{font-size:8pt;margin-top:5mm}
        .state,.tlp{print-color-adjust:exact;-webkit-print-color-adjust:exact}
        }

        """;

    /// <summary>The style sheet; the running head of paper names issuer and marking.</summary>
    public static string Of(ReportDocument document) =>
        Common
        + $"@page{{@top-left{{content:{Quoted(document.Issuer)};{Margin}}}@top-right{{content:{Quoted(document.Marking)};{Margin};font-weight:700}}"
        + $"@bottom-left{{content:{Quoted(document.Title)};{Margin}}}"
        + $"@bottom-right{{content:counter(page) \" / \" counter(pages);{Margin}}}}}\n";

    /// <summary>The same without a running head: for pages that are no report.</summary>
    public static string Common { get; } = FigureStyle.Variables + FigureStyle.Css + Screen + Paper;

    private const string Margin = "font:8pt \"BIZ UDPGothic\",\"IPAexGothic\",sans-serif;color:#55555d";

    /// <summary>A string of CSS: everything but letters and digits as its code, so that no text ends it. Long ones are cut: the head has one line.</summary>
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in TextWidth.Fit(VisibleText.Line(text), 8, 400).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                quoted.Append(rune);
            }
            else
            {
                quoted.Append(CultureInfo.InvariantCulture, $"\\{rune.Value:x} ");
            }
        }

        return quoted.Append('"').ToString();
    }
}
