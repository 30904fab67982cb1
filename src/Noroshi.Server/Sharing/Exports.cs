using Noroshi.Exchange.Csv;
using Noroshi.Exchange.Misp;
using Noroshi.Exchange.Stix;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Sharing;
using Noroshi.Hub.Sharing.Gate;
using Noroshi.Server.Hosting;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Sharing;

/// <summary>A file with many items: what left already, nothing else.</summary>
/// <param name="Items">How many.</param>
/// <param name="Bytes">The file.</param>
internal sealed record ExportFile(int Items, byte[] Bytes);

/// <summary>Takes released items out in a file, for the operator of the machine.</summary>
internal sealed class Exports(ReleaseBook book, IdentityBook identities, HubRecords records)
{
    /// <summary>Names of the formats.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["stix", "misp", "csv"];

    /// <summary>The newest version of each item of an audience.</summary>
    /// <param name="by">Who takes them out.</param>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    /// <param name="audience">A stream (<see cref="Channels"/>); null: all.</param>
    /// <exception cref="ProblemException">There is no such stream, or the gate stops the file.</exception>
    public async Task<ExportFile> OfAsync(string by, string format, string? audience)
    {
        var items = book
            .All.Select(one => one.Release)
            .Where(one => audience is null || Channels.Of(one.Item.Audience).Contains(audience, StringComparer.Ordinal))
            .GroupBy(one => one.Item.Id)
            .Select(versions => (IReadOnlyList<Release>)[.. versions])
            .ToList();
        if (items.Count == 0 && audience is not null)
        {
            throw new ProblemException(Problem.NotFound);
        }

        var bytes = Written(format, items);
        if (identities.Current.Gate.Inspect(bytes).Verdict == GateVerdict.Blocked)
        {
            throw new ProblemException(
                ProblemKind.PolicyRefused,
                "漏えい検査で、参加組織を示す語が見つかりました。何も書き出していません。",
                "The leak gate found words that name a member; nothing was written."
            );
        }

        await records.ChangeAsync([new JournalRecord(by, JournalActions.ExportMade, audience ?? Channels.All, format)]);
        return new ExportFile(items.Count, bytes);
    }

    private byte[] Written(string format, IReadOnlyList<IReadOnlyList<Release>> items)
    {
        switch (format)
        {
            case "stix":
                return StixBundle.Of([.. items.Select(versions => versions[^1])], book.Hub);
            case "csv":
                return IndicatorCsv.Of(items.Select(versions => versions[^1]), ja: true, book.Now);
            case "misp":
                // The form in which MISP itself exports and imports several events.
                using (var file = new MemoryStream())
                {
                    file.Write("{\"response\":["u8);
                    foreach (var (versions, at) in items.Select((versions, at) => (versions, at)))
                    {
                        file.Write(at == 0 ? ""u8 : ","u8);
                        file.Write(MispEvent.Of(versions, book.Hub).Json.Span);
                    }

                    file.Write("]}"u8);
                    return file.ToArray();
                }

            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, "stix, misp or csv.");
        }
    }
}
