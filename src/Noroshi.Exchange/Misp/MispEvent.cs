using Noroshi.Exchange.Texts;
using Noroshi.Hub.Sharing;

namespace Noroshi.Exchange.Misp;

/// <summary>
/// An item as an event of MISP. The hub is the only organisation in it. The newest version is what it says; what earlier versions said and the newest
/// does not is named as deleted, without its value, since a MISP server keeps what an update does not mention.
/// </summary>
public sealed class MispEvent
{
    private readonly MispContent _content;
    private byte[]? _json;

    private MispEvent(MispHead head, MispContent content) => (Head, _content) = (head, content);

    /// <summary>What stands in lists.</summary>
    public MispHead Head { get; }

    /// <summary>Values that others look for overlaps by: those of the indicators.</summary>
    public IReadOnlyList<string> Values =>
        [.. _content.Attributes.Where(one => one is { Deleted: false, NoCorrelation: false }).Select(one => one.Value)];

    /// <summary>The event of an item.</summary>
    /// <param name="versions">Its versions up to the one that is shown, oldest first.</param>
    /// <param name="hub">The hub.</param>
    /// <exception cref="ArgumentException">There is no version, or they are of several items or in another order.</exception>
    public static MispEvent Of(IReadOnlyList<Release> versions, HubName hub)
    {
        ArgumentNullException.ThrowIfNull(versions);
        ArgumentNullException.ThrowIfNull(hub);
        for (var at = 1; at < versions.Count; at++)
        {
            if (versions[at].Item.Id != versions[0].Item.Id || versions[at].Item.Version <= versions[at - 1].Item.Version)
            {
                throw new ArgumentException("Versions of one item, oldest first.", nameof(versions));
            }
        }

        var newest = versions.Count > 0 ? versions[^1] : throw new ArgumentException("An event needs a version.", nameof(versions));
        var content = MispContent.Of(newest.Item).TakingBack(versions.SkipLast(1).Reverse().Select(one => MispContent.Of(one.Item)));
        return new MispEvent(MispHead.Of(newest, hub), content);
    }

    /// <summary>The event as feeds and servers give it: UTF-8 JSON, <c>{"Event":{…}}</c>; the same versions give the same bytes.</summary>
    public ReadOnlyMemory<byte> Json => _json ??= MispWriter.Event(Head, _content);

    /// <summary>The event without what was taken back, as MISP gives it to who does not ask for deleted attributes.</summary>
    public ReadOnlyMemory<byte> Living() =>
        MispWriter.Event(
            Head,
            new MispContent(
                [.. _content.Attributes.Where(one => !one.Deleted)],
                [
                    .. _content
                        .Objects.Where(one => !one.Deleted)
                        .Select(one => one with { Attributes = [.. one.Attributes.Where(part => !part.Deleted)] }),
                ],
                [.. _content.Reports.Where(one => !one.Deleted)]
            )
        );
}
