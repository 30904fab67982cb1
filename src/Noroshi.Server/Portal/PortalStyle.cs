using System.Security.Cryptography;
using System.Text;
using Noroshi.Hub.Reports.Findings;

namespace Noroshi.Server.Portal;

/// <summary>The one style sheet of the portal: that of the findings' pages, and what screens to work in need besides.</summary>
internal static class PortalStyle
{
    private const string Rules = """
        .skip{position:absolute;left:-99rem}.skip:focus{left:.5rem;top:.5rem;background:var(--surface);padding:.5rem 1rem;z-index:2}
        a:focus-visible,button:focus-visible,input:focus-visible,select:focus-visible,textarea:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--frame);outline-offset:2px}
        main:focus{outline:0}
        .bar .name{color:var(--ink);text-decoration:none}
        .bar nav ul{display:flex;flex-wrap:wrap;gap:.2rem .3rem;list-style:none;margin:0;padding:0}
        .bar nav a{display:block;padding:.35rem .7rem;color:var(--ink);text-decoration:none;border-bottom:3px solid transparent}
        .bar nav a:hover{text-decoration:underline}.bar nav a[aria-current]{border-bottom-color:var(--link);font-weight:700}
        .bar form{margin:0}.who{font-size:.875rem}
        .demo{margin:0;padding:.4rem 1.5rem;background:var(--warn-soft);border-bottom:1px solid var(--frame);font-size:.875rem}
        button{font:inherit;font-weight:700;min-height:2.5rem;padding:.35rem 1rem;border-radius:6px;border:1px solid var(--link);background:var(--link);color:var(--surface);cursor:pointer}
        button.plain{font-weight:400;font-size:.875rem;min-height:2rem;padding:.15rem .7rem;background:var(--surface);color:var(--link)}
        button.second{background:var(--surface);color:var(--link)}
        input,select,textarea{font:inherit;color:var(--ink);background:var(--surface);border:1px solid var(--rule);border-radius:6px;padding:.4rem .6rem;max-width:100%}
        input[type=checkbox]{width:1.25rem;height:1.25rem;vertical-align:middle}
        .field label{display:block;font-weight:700;font-size:.9375rem}.field input{width:100%}
        .narrow{max-width:28rem}
        .acts{display:flex;flex-wrap:wrap;gap:.5rem .7rem;align-items:end}.acts p{margin:0}
        .acts label,.filters label{display:block;font-size:.8125rem;color:var(--muted)}
        .filters{display:flex;flex-wrap:wrap;gap:.4rem;list-style:none;margin:0 0 .8rem;padding:0}
        .filters a{display:inline-block;min-height:1.75rem;padding:.1rem .7rem;border:1px solid var(--rule);border-radius:99px;text-decoration:none;color:var(--ink);background:var(--surface);font-size:.875rem}
        .filters a[aria-current]{background:var(--ink);color:var(--surface);border-color:var(--ink)}
        table.dense{font-size:.875rem;line-height:1.45}table.dense td,table.dense tbody th{padding:.25rem .45rem;white-space:normal;font-weight:400}
        table.dense tbody tr:hover{background:var(--raised)}table.dense a{font-weight:700}
        table.dense caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        table.dense td.when,table.dense tbody th.when{white-space:nowrap}table.dense th[scope=col]:first-child{white-space:nowrap}
        .pager{display:flex;gap:1rem}
        .steps{display:flex;flex-wrap:wrap;gap:.15rem;list-style:none;margin:0;padding:0}
        .steps li{font-size:.8125rem;padding:.05rem .5rem;border:1px solid var(--rule);color:var(--muted);background:var(--surface)}
        .steps li.done{background:var(--recon-soft);color:var(--recon);border-color:var(--recon);font-weight:700}
        .sums{display:flex;flex-wrap:wrap;gap:.7rem;list-style:none;margin:0 0 1rem;padding:0}
        .sums li{background:var(--surface);border:1px solid var(--line);border-radius:10px;padding:.6rem 1rem;min-width:9rem}
        .sums strong{display:block;font-size:1.5rem;line-height:1.3}
        .mailtext{white-space:pre-wrap;max-height:32rem;overflow:auto;background:var(--raised);border-radius:6px;padding:.7rem .9rem}
        td.num{font-variant-numeric:tabular-nums}
        @media screen and (max-width:640px){.demo{padding:.4rem .75rem}.bar nav a{padding:.35rem .45rem}}
        @media print{.bar nav,.bar form,.skip,.acts,.filters,.demo,form{display:none}}

        """;

    /// <summary>The sheet.</summary>
    public static string Css { get; } = PageStyle.Css + Rules;

    /// <summary>Its address.</summary>
    public const string Path = "/portal.css";

    /// <summary>Its address as pages name it, with a hash of what it holds: browsers keep it as long as it is the same.</summary>
    public static string Href { get; } = $"{Path}?v={HashOf(Css)}";

    /// <summary>A beacon's smoke, as icon of the tab.</summary>
    public const string Icon =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 16 16\"><path d=\"M2 15h12l-3-5H5zM8 9c-3-2 2-3 0-6 4 2 0 4 0 6z\" fill=\"#0055ad\"/></svg>";

    /// <summary>Its address.</summary>
    public const string IconPath = "/portal.svg";

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}
