using System.Runtime.InteropServices;

namespace Noroshi.Hub.Campaigns;

/// <summary>
/// Finds the mails worth comparing with one: those that share a rare value or parts of the text. A value that many mails have is not
/// followed to all of them: of a generic family it says nothing, of any other a few representatives stand for all, so the cost of a mail
/// stays bounded.
/// </summary>
/// <param name="index">The index.</param>
/// <param name="compared">Whether a mail is compared with others at all; of a long exchange only some are.</param>
public sealed class CandidateSearch(IFeatureIndex index, Func<int, bool> compared)
{
    /// <summary>Mails up to which a value is followed to all of them.</summary>
    public const int Rare = 50;

    /// <summary>Mails that stand for a popular value.</summary>
    public const int Representatives = 12;

    /// <summary>Parts of the text that must be shared when nothing else is.</summary>
    private const int SharedSketch = 6;

    /// <summary>Numbers of the mails to compare with, without the mail itself, in no order.</summary>
    public IReadOnlyCollection<int> For(int number)
    {
        var mail = index.Mail(number);
        var found = new HashSet<int>();
        foreach (var feature in mail.Values)
        {
            if (!Says(feature))
            {
                continue;
            }

            var mails = index.Mails(feature.Id, Rare + 1);
            if (mails <= 1)
            {
                continue;
            }

            if (mails <= Rare)
            {
                var postings = index.Postings(feature.Id, Rare);
                for (var i = 0; i < postings.Count; i++)
                {
                    if (compared(postings[i]))
                    {
                        found.Add(postings[i]);
                    }
                }
            }
            else if (EvidenceRules.Identifies(feature))
            {
                found.UnionWith(index.Representatives(feature.Id));
            }
        }

        AddByText(mail, found);
        found.Remove(number);
        return found;
    }

    /// <summary>Habits that whole populations share are no way to find anybody.</summary>
    internal static bool Says(Feature feature) =>
        feature.Family switch
        {
            EvidenceFamily.Composition => feature.Kind is "assembly",
            EvidenceFamily.Target => false,
            EvidenceFamily.Origin => feature.Kind is not "service-ip",
            EvidenceFamily.Text => feature.Kind is not "glyph",
            EvidenceFamily.Prior or EvidenceFamily.TimeBurst => false,
            EvidenceFamily.FileHash
            or EvidenceFamily.DocumentTrait
            or EvidenceFamily.Destination
            or EvidenceFamily.SenderAddress
            or EvidenceFamily.Persona => true,
            _ => throw new ArgumentOutOfRangeException(nameof(feature), feature.Family, "no family of evidence"),
        };

    private void AddByText(MailFeatures mail, HashSet<int> found)
    {
        Dictionary<int, int>? shared = null;
        foreach (var hash in mail.Hashes)
        {
            if (index.Mails(hash, Rare + 1) is <= 1 or > Rare)
            {
                continue;
            }

            shared ??= [];
            var postings = index.Postings(hash, Rare);
            for (var i = 0; i < postings.Count; i++)
            {
                if (compared(postings[i]))
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(shared, postings[i], out _)++;
                }
            }
        }

        foreach (var (number, count) in shared ?? [])
        {
            if (count >= SharedSketch)
            {
                found.Add(number);
            }
        }
    }
}
