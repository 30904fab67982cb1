using Noroshi.Exchange.Texts;
using Noroshi.Hub.Sharing;

namespace Noroshi.Exchange.Misp;

/// <summary>What stands in an event.</summary>
internal sealed record MispContent(
    IReadOnlyList<MispAttribute> Attributes,
    IReadOnlyList<MispObject> Objects,
    IReadOnlyList<MispReport> Reports
)
{
    /// <summary>What one version says. Of a retracted item nothing is left but how to read it.</summary>
    public static MispContent Of(SanitisedItem item)
    {
        var usage = new MispAttribute
        {
            // A MISP server that pulls takes an event without any living attribute for an empty one and drops it: this one always lives, so that
            // a retraction arrives too.
            Id = MispIds.Of(item.Id, "attribute", "usage"),
            Type = "comment",
            Category = "Other",
            Value = string.Join('\n', UsageText.Lines(item)),
            NoCorrelation = true,
        };
        if (item.Retracted)
        {
            return new MispContent([usage], [], []);
        }

        var mails = new MispMails(item);
        return new MispContent(
            [usage, .. item.Indicators.Select(one => MispIndicators.Of(one, item.Marking)).OfType<MispAttribute>()],
            [.. mails.All(), .. MispConversations.Objects(item, mails)],
            [.. MispConversations.Reports(item)]
        );
    }

    /// <summary>
    /// This content together with what stood in earlier versions and no longer does, as taken back: MISP keeps what an update does not name.
    /// </summary>
    public MispContent TakingBack(IEnumerable<MispContent> earlier)
    {
        var attributes = new Taken<MispAttribute>(Attributes, one => one.Id, one => one.Ghost());
        var objects = new Taken<MispObject>(Objects, one => one.Id, one => one.Ghost());
        var reports = new Taken<MispReport>(Reports, one => one.Id, one => one.Ghost());
        var inside = Objects.ToDictionary(
            one => one.Id,
            one => new Taken<MispAttribute>(one.Attributes, part => part.Id, part => part.Ghost())
        );
        foreach (var content in earlier)
        {
            attributes.Add(content.Attributes);
            reports.Add(content.Reports);
            foreach (var one in content.Objects)
            {
                if (inside.TryGetValue(one.Id, out var living))
                {
                    living.Add(one.Attributes);
                }
                else
                {
                    objects.Add([one]);
                    inside[one.Id] = new Taken<MispAttribute>(
                        [.. one.Attributes.Select(part => part.Ghost())],
                        part => part.Id,
                        part => part.Ghost()
                    );
                }
            }
        }

        return new MispContent(attributes.All, [.. objects.All.Select(one => one with { Attributes = inside[one.Id].All })], reports.All);
    }

    /// <summary>A list to which only what it does not have is added.</summary>
    private sealed class Taken<T>(IReadOnlyList<T> living, Func<T, Guid> id, Func<T, T> ghost)
    {
        private readonly List<T> _all = [.. living];
        private readonly HashSet<Guid> _ids = [.. living.Select(id)];

        public IReadOnlyList<T> All => _all;

        public void Add(IEnumerable<T> earlier)
        {
            foreach (var one in earlier)
            {
                if (_ids.Add(id(one)))
                {
                    _all.Add(ghost(one));
                }
            }
        }
    }
}
