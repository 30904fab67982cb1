using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Noroshi.Hub.Campaigns.Families;
using Noroshi.Hub.Conversations.Threading;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy.Text;

namespace Noroshi.Hub.Conversations;

/// <summary>Exchanges of one organisation.</summary>
internal sealed class OrganizationExchanges
{
    private readonly Dictionary<string, ProvidedMail> _mails;
    private readonly Dictionary<string, CopiedMail> _copies;
    private readonly HashSet<(string, long)> _sentBy = [];
    private readonly OwnSide _side;
    private readonly Casting _casting;
    private readonly MailReadings _readings;

    private OrganizationExchanges(IReadOnlyList<CopiedMail> mails, OwnSide side, MailReadings readings)
    {
        _readings = readings;
        _copies = mails.ToDictionary(one => one.Mail.Key, StringComparer.Ordinal);
        _mails = mails.ToDictionary(one => one.Mail.Key, one => one.Mail, StringComparer.Ordinal);
        _side = side;
        _casting = new Casting(_mails, side.Estate, readings);
        foreach (var mail in _mails.Values)
        {
            if (mail.Facts is { SentAt: { } sent, From.Address: { } from })
            {
                _sentBy.Add((from.ToLowerInvariant(), sent.UtcTicks / TimeSpan.TicksPerMinute));
            }
        }
    }

    /// <summary>The exchanges, in no order.</summary>
    /// <param name="mails">Mails of the organisation, carriers left out.</param>
    /// <param name="side">The organisation.</param>
    /// <param name="stated">Its cases without mail.</param>
    /// <param name="readings">What was read of the mails.</param>
    public static IReadOnlyList<DraftExchange> Of(
        IReadOnlyList<ProvidedMail> mails,
        OwnSide side,
        IReadOnlyList<ManifestLine> stated,
        MailReadings readings
    )
    {
        var directed = mails.Select(mail => readings.Settled(mail, side.Estate, side.Hub));
        var copies = Copies.Of(directed);
        var made = new OrganizationExchanges(copies, side, readings);
        var threads = Threads.Of([.. copies.Select(one => one.Mail)], readings);
        var spells = Spell.Of(made._casting.Of(threads), made._mails, made._casting.Book);
        readings.Drafts.Begin(side);
        return StatedCases.Join([.. spells.Select(made.Known)], stated, side);
    }

    /// <summary>Id of an exchange: drawn from its first mail, so that it stays when more is handed in.</summary>
    internal static string IdOf(string? organization, string first) =>
        "c-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{organization}\n{first}")).AsSpan(0, 6));

    private DraftExchange Known(Spell spell)
    {
        var mails = spell.Mails.Select(key => _copies[key]).ToList();
        return _readings.Drafts.Of(spell, mails, new Rest(this, spell.Persona), rest => Draft(spell, mails, rest));
    }

    private sealed class Rest(OrganizationExchanges of, string persona) : IRest
    {
        public bool IsPersona(string address) => of._casting.Book.Of(address) == persona;

        public bool WasSent(string from, long minute) => of._sentBy.Contains((from, minute));
    }

    private DraftExchange Draft(Spell spell, List<CopiedMail> copied, IRest rest)
    {
        var mails = copied.ConvertAll(one => one.Mail);
        var placed = copied.ConvertAll(one => Place(one, _readings));
        placed.AddRange(Ghosts.In(mails, CastOf(spell, rest), (quote, time) => StandsElsewhere(quote, time, rest), _readings));
        placed.AddRange(Statements.Of(copied, placed));
        var first = mails[0];
        return new DraftExchange(
            IdOf(_side.Id, first.Facts.Sha256.Length > 0 ? first.Facts.Sha256 : first.Key),
            _side.Id,
            [.. spell.Outsiders.Select(one => one.Address).DefaultIfEmpty(spell.Persona).Distinct(StringComparer.Ordinal)],
            InOrder(placed),
            spell.Probable
        );
    }

    /// <summary>By place, then rank; equal ones in an order that the input does not choose.</summary>
    internal static IReadOnlyList<ExchangeEntry> InOrder(IEnumerable<PlacedEntry> placed) =>
        [
            .. placed
                .OrderBy(one => one.Order)
                .ThenBy(one => one.Rank)
                .ThenBy(one => one.Tie, StringComparer.Ordinal)
                .ThenBy(one => one.Entry.Quote?.Text, StringComparer.Ordinal)
                .ThenBy(one => one.Entry.Stated is { } stated ? Statements.Name(stated) : "", StringComparer.Ordinal)
                .Select(one => one.Entry),
        ];

    internal static PlacedEntry Place(CopiedMail copied, MailReadings readings)
    {
        var entry = readings.Entry(copied.Mail);
        if (copied.Others.Count > 0)
        {
            // What one provider says of a mail holds for its copies.
            entry = entry with
            {
                Copies = copied.Others,
                Payload =
                [
                    .. entry
                        .Payload.Concat(entry.Direction == MailDirection.Inbound ? copied.Others.SelectMany(PayloadEvidence.In) : [])
                        .Distinct()
                        .OrderByDescending(one => one.Bits)
                        .ThenBy(one => one.Code, StringComparer.Ordinal)
                        .ThenBy(one => one.Detail, StringComparer.Ordinal),
                ],
            };
        }

        return new PlacedEntry(entry, entry.At?.ToUniversalTime() ?? DateTimeOffset.MaxValue, 0, copied.Mail.Key);
    }

    private Cast CastOf(Spell spell, IRest rest)
    {
        var outsiders = spell
            .Outsiders.Select(one => PlainText.Of(one.Name))
            .Where(name => name.Length > 1)
            .ToHashSet(StringComparer.Ordinal);
        var own = new HashSet<string>(StringComparer.Ordinal);
        var record = _side.Record;
        string?[] names =
        [
            record?.NameJa,
            record?.NameEn,
            .. (record?.Windows ?? []).SelectMany(window => new[] { window.NameJa, window.NameEn }),
        ];
        own.UnionWith(names.OfType<string>().Select(PlainText.Of));
        foreach (var mail in spell.Mails.Select(key => _mails[key].Facts))
        {
            own.UnionWith(
                mail.To.Concat(mail.Cc)
                    .Take(20)
                    .Append(mail.From)
                    .OfType<MailAnatomy.MailAddress>()
                    .Where(one => _side.Estate.Holds(one.Address))
                    .Select(one => PlainText.Of(one.Name))
            );
        }

        own.ExceptWith(outsiders);
        return new Cast(_side.Estate, rest.IsPersona, outsiders, own);
    }

    /// <summary>Whether a quote repeats a mail of the organisation: its sender and minute tell.</summary>
    private static bool StandsElsewhere(QuotedMail quote, QuoteTime time, IRest rest) =>
        quote.FromAddress is { } from
        && time is { At: { } at, Precision: TimePrecision.Minute }
        && rest.WasSent(from.Trim().ToLowerInvariant(), at.UtcTicks / TimeSpan.TicksPerMinute);
}
