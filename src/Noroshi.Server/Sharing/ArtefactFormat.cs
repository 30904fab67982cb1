using System.Security.Cryptography;
using Noroshi.Hub.Sharing;

namespace Noroshi.Server.Sharing;

/// <summary>
/// A form in which an item leaves. Each part that writes one registers it; the gate looks through the bytes of every one of them before
/// anything is released, so that a form that is not registered cannot be had.
/// </summary>
/// <param name="Name">Name in the address: <c>json</c>, <c>stix</c>, <c>csv</c>, …</param>
/// <param name="MediaType">Media type.</param>
/// <param name="Extension">Of the file, without a dot.</param>
/// <param name="Write">The bytes; the same for the same release.</param>
internal sealed record ArtefactFormat(string Name, string MediaType, string Extension, Func<Release, HubName, byte[]> Write)
{
    /// <summary>The item itself.</summary>
    public static ArtefactFormat Json { get; } = new("json", "application/json", "json", (release, _) => ItemForm.Bytes(release.Item));
}

/// <summary>All forms, by name.</summary>
internal sealed class ArtefactFormats(IEnumerable<ArtefactFormat> formats)
{
    private readonly IReadOnlyList<ArtefactFormat> _all = [.. formats.OrderBy(one => one.Name, StringComparer.Ordinal)];

    /// <summary>Names, ordinal.</summary>
    public IReadOnlyList<string> Names => [.. _all.Select(one => one.Name)];

    /// <summary>The form of a name; null when there is none.</summary>
    public ArtefactFormat? Find(string name) => _all.FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.Ordinal));

    /// <summary>Every artefact of a release.</summary>
    public IReadOnlyList<(string Name, byte[] Bytes)> Of(Release release, HubName hub) =>
        [.. _all.Select(one => (one.Name, one.Write(release, hub)))];

    /// <summary>SHA-256 by name.</summary>
    public static IReadOnlyDictionary<string, string> Digests(IReadOnlyList<(string Name, byte[] Bytes)> artefacts) =>
        artefacts.ToDictionary(one => one.Name, one => Convert.ToHexStringLower(SHA256.HashData(one.Bytes)), StringComparer.Ordinal);
}
