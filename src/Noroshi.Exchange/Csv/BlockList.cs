using System.Globalization;
using System.Text;
using Noroshi.Exchange.Texts;
using Noroshi.Hub.Sharing;

namespace Noroshi.Exchange.Csv;

/// <summary>
/// Plain lists for firewalls, proxies and mail gateways: one value a line, lines of <c>#</c> above. A device that takes such a list blocks what
/// stands in it and asks nobody, so it holds only what may be blocked (PAP:GREEN or CLEAR), is not expired or retracted, and hits hardly
/// anybody but the attacker.
/// </summary>
public static class BlockList
{
    /// <summary>Kinds of lists, by the name that stands in their address.</summary>
    public static IReadOnlyList<string> Names { get; } = ["ip", "host", "url", "sha256", "sender"];

    /// <summary>The list of a name: UTF-8 without a byte order mark, LF.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="releases">Newest versions, one an item.</param>
    /// <param name="now">By this an item is expired.</param>
    /// <exception cref="ArgumentException">There is no list of that name.</exception>
    public static byte[] Of(string name, IEnumerable<Release> releases, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(releases);
        var kind = name switch
        {
            "ip" => IndicatorKind.Ip,
            "host" => IndicatorKind.Host,
            "url" => IndicatorKind.Url,
            "sha256" => IndicatorKind.Sha256,
            "sender" => IndicatorKind.Sender,
            _ => throw new ArgumentException("There is no such list.", nameof(name)),
        };
        var (values, markings) = (new SortedSet<string>(StringComparer.Ordinal), new List<Marking>());
        var (expired, checksOnly, imprecise) = (0, 0, 0);
        foreach (var item in releases.Select(one => one.Item).Where(one => !one.Retracted))
        {
            var found = item.Indicators.Where(one => one.Kind == kind && IsLine(one.Value)).ToList();
            var usable = found.Where(MachineUse.IsPrecise).ToList();
            if (item.Marking.ExpiresAt <= now)
            {
                expired += found.Count;
            }
            else if (!MachineUse.MayBlock(item.Marking))
            {
                checksOnly += found.Count;
            }
            else
            {
                imprecise += found.Count - usable.Count;
                values.UnionWith(usable.Select(one => one.Value));
                if (usable.Count > 0)
                {
                    markings.Add(item.Marking);
                }
            }
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Noroshi block list: {name} ({values.Count})\n");
        AppendMarking(text, markings);
        AppendLeftOut(text, expired, checksOnly, imprecise);
        text.AppendJoin('\n', values);
        return Encoding.UTF8.GetBytes(values.Count > 0 ? text.Append('\n').ToString() : text.ToString());
    }

    /// <summary>A list of several items is handled like the strictest of them.</summary>
    private static void AppendMarking(StringBuilder text, List<Marking> markings)
    {
        if (markings.Count == 0)
        {
            text.Append("# 該当なし / nothing to list\n");
            return;
        }

        var strictest = markings[0] with
        {
            Tlp = markings.Max(one => one.Tlp),
            Pap = markings.Max(one => one.Pap),
            ExpiresAt = markings.Min(one => one.ExpiresAt),
            Redistribution = new Redistribution(
                markings.TrueForAll(one => one.Tlp == Tlp.Clear || one.Redistribution.GroupCompanies),
                markings.TrueForAll(one => one.Tlp == Tlp.Clear || one.Redistribution.Contractors)
            ),
        };
        var (redistribution, expiry) = (MarkingWords.Redistribution(strictest), MarkingWords.Expiry(strictest));
        text.Append(CultureInfo.InvariantCulture, $"# {MarkingWords.Label(strictest.Tlp)} {MarkingWords.Label(strictest.Pap)}\n");
        text.Append(CultureInfo.InvariantCulture, $"# 展開可能範囲: {redistribution.Ja}\n# Redistribution: {redistribution.En}\n");
        text.Append(CultureInfo.InvariantCulture, $"# 最も早い有効期限 / first expiry: {expiry.Ja} / {expiry.En}\n");
    }

    private static void AppendLeftOut(StringBuilder text, int expired, int checksOnly, int imprecise)
    {
        if (expired > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"# 除外: 期限切れ / left out, expired: {expired}\n");
        }

        if (checksOnly > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"# 除外: 照合のみ可(PAP:AMBER以上) / left out, passive checks only: {checksOnly}\n");
        }

        if (imprecise > 0)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"# 除外: 悪用された正規サイト・共用の中継・可変部分のあるURL / left out, hijacked sites, shared relays, URL patterns: {imprecise}\n"
            );
        }
    }

    /// <summary>Whether a value stands on one line and is no comment.</summary>
    private static bool IsLine(string value) =>
        value.Length is > 0 and <= 4_000 && value[0] != '#' && !value.Any(letter => letter <= ' ' || char.IsControl(letter));
}
