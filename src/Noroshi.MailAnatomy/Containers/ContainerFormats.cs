using System.Diagnostics.CodeAnalysis;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>All container formats of this library, found by themselves so that a new one is one file.</summary>
public static class ContainerFormats
{
    /// <summary>Every format, lowest priority number first, then by name.</summary>
    public static IReadOnlyList<IContainerFormat> All { get; } = Plugins.Find<IContainerFormat>(format => format.Priority);

    /// <summary>From here on a format is recognised by what stands behind other bytes: self-extractors and archives with a prefix.</summary>
    private const int BehindPriority = 800;

    /// <summary>Up to here a format is recognised by a signature at offset 0.</summary>
    private const int SignaturePriority = 100;

    /// <summary>The format of an archive behind a program; null when there is none.</summary>
    public static IContainerFormat? RecogniseBehind(ReadOnlySpan<byte> bytes)
    {
        foreach (var format in All)
        {
            if (format.Priority >= BehindPriority && format.Recognises(bytes))
            {
                return format;
            }
        }

        return null;
    }

    /// <summary>
    /// Whether the bytes begin with the signature of an archive or the checked header of a tape archive; what is recognised by weaker
    /// evidence, or may have other bytes before it by design as disk images do, does not count.
    /// </summary>
    public static bool BeginsWith(ReadOnlySpan<byte> bytes)
    {
        foreach (var format in All)
        {
            if ((format.Priority <= SignaturePriority || format is TarFormat) && format is not IDocumentLock && format.Recognises(bytes))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The format that opens a document under a password; null when none does.</summary>
    public static IContainerFormat? RecogniseLock(ReadOnlySpan<byte> bytes)
    {
        foreach (var format in All)
        {
            if (format is IDocumentLock && format.Recognises(bytes))
            {
                return format;
            }
        }

        return null;
    }

    /// <summary>The format of the bytes; null when they are no container.</summary>
    public static IContainerFormat? Recognise(ReadOnlySpan<byte> bytes)
    {
        foreach (var format in All)
        {
            if (format is not IDocumentLock && format.Recognises(bytes))
            {
                return format;
            }
        }

        return null;
    }
}

internal static class Plugins
{
    /// <summary>
    /// Makes one of each sealed class of this assembly that implements <typeparamref name="T"/>. Publishing for Native AOT roots the
    /// assembly, so that no class is trimmed away.
    /// </summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The assembly is rooted when the worker is published.")]
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "The assembly is rooted when the worker is published.")]
    [UnconditionalSuppressMessage("Trimming", "IL2067", Justification = "The assembly is rooted when the worker is published.")]
    public static IReadOnlyList<T> Find<T>(Func<T, int> priority)
        where T : class =>
        [
            .. typeof(Plugins)
                .Assembly.GetTypes()
                .Where(type => type is { IsClass: true, IsAbstract: false } && typeof(T).IsAssignableFrom(type))
                .Where(type => type.GetConstructor(Type.EmptyTypes) is not null)
                .Select(type => Activator.CreateInstance(type))
                .OfType<T>()
                .OrderBy(priority)
                .ThenBy(plugin => plugin.GetType().Name, StringComparer.Ordinal),
        ];
}
