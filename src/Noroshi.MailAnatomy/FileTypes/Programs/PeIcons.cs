using System.Globalization;
using System.Security.Cryptography;
using Noroshi.MailAnatomy.FileTypes.Shortcuts;

namespace Noroshi.MailAnatomy.FileTypes.Programs;

/// <summary>A group of icons: the same emblem in several sizes.</summary>
/// <param name="Sizes">Sizes in stored order, as <c>32x32</c>.</param>
/// <param name="Hash">MD5 over the pictures in stored order.</param>
/// <param name="Family">Document that it shows; null for none.</param>
internal sealed record PeIconGroup(string Sizes, string Hash, string? Family)
{
    private const int MaxGroups = 4;
    private const int MaxPictures = 32;

    /// <summary>The groups of a program, first first: the first is the one that the shell shows.</summary>
    public static IReadOnlyList<PeIconGroup> Read(PeFile pe, PeResources resources)
    {
        var icons = resources
            .All.Where(resource => resource.Type == PeResources.Icon)
            .DistinctBy(resource => resource.Id)
            .ToDictionary(resource => resource.Id);
        var groups = new List<PeIconGroup>();
        foreach (var resource in resources.All.Where(resource => resource.Type == PeResources.IconGroup).Take(MaxGroups))
        {
            if (One(pe, resource, icons) is { } group)
            {
                groups.Add(group);
            }
        }

        return groups;
    }

    private static PeIconGroup? One(PeFile pe, PeResource resource, Dictionary<uint, PeResource> icons)
    {
        var directory = pe.Span.Part(resource.At, resource.Size);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var sizes = new List<string>();
        string? family = null;
        for (var i = 0; i < Math.Min(directory.U16(4), (ushort)MaxPictures); i++)
        {
            var entry = directory.Part(6 + (14 * i), 14);
            if (entry.Length < 14 || !icons.TryGetValue(entry.U16(12), out var icon))
            {
                continue;
            }

            var picture = pe.Span.Part(icon.At, icon.Size);
            hash.AppendData(picture);
            var (width, height) = (entry.U8(0) == 0 ? 256 : entry.U8(0), entry.U8(1) == 0 ? 256 : entry.U8(1));
            sizes.Add(string.Create(CultureInfo.InvariantCulture, $"{width}x{height}"));
            if (family is null && width is 32 or 48 && IconPicture.Read(picture) is { } decoded)
            {
                family = IconLook.Family(decoded);
            }
        }

        return sizes.Count == 0 ? null : new PeIconGroup(string.Join(' ', sizes), Convert.ToHexStringLower(hash.GetHashAndReset()), family);
    }
}
