using Noroshi.Exchange.Stix;

namespace Noroshi.Exchange.Taxii;

/// <summary>What a request does to a collection.</summary>
public enum TaxiiDeed
{
    /// <summary>Reads objects, manifest or versions.</summary>
    Read,

    /// <summary>Adds objects.</summary>
    Add,

    /// <summary>Deletes an object.</summary>
    Delete,
}

/// <summary>Who may what, and under which ids.</summary>
public static class TaxiiAccess
{
    /// <summary>The status with which a deed is refused; null when it is allowed (TAXII 2.1, 5.4 to 5.7).</summary>
    public static int? Refusal(bool canRead, bool canWrite, TaxiiDeed deed) =>
        (canRead, canWrite, deed) switch
        {
            // Who may do nothing with it does not know of it.
            (false, false, _) => 404,
            (true, _, TaxiiDeed.Read) or (_, true, TaxiiDeed.Add) or (true, true, TaxiiDeed.Delete) => null,
            (true, false, _) or (false, true, _) or (true, true, _) => 403,
        };

    /// <summary>
    /// Id of the collection of a stream or of an inbox: the same for ever, no sequence, nothing to be read from it.
    /// </summary>
    /// <param name="hub">Random id of the hub.</param>
    /// <param name="kind"><c>stream</c> or <c>inbox</c>.</param>
    /// <param name="name">Name of the stream, id of the organisation.</param>
    public static Guid CollectionId(Guid hub, string kind, string name) => StixIds.Shaped(hub, "collection " + kind, name);
}
