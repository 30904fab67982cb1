using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>Makes containers whose entries are read as they are asked for and whose iterator notes findings on the way.</summary>
internal static class LazyContainer
{
    /// <summary>
    /// Makes the container. The iterator gets the container's list of findings. A parser is written so that it does not throw; should bytes
    /// make it throw all the same, the entries end there with <paramref name="broken"/> instead of taking the whole dissection along.
    /// </summary>
    public static OpenedContainer Create(ContainerInfo info, FindingCode broken, Func<List<Finding>, IEnumerable<ContainerEntry>> entries)
    {
        OpenedContainer? made = null;
        made = new OpenedContainer(info, Relay());
        return made;

        IEnumerable<ContainerEntry> Relay()
        {
            var findings = made?.Findings ?? [];
            using var source = entries(findings).GetEnumerator();
            while (MoveNext(source, broken, findings))
            {
                yield return source.Current;
            }
        }
    }

    private static bool MoveNext(IEnumerator<ContainerEntry> source, FindingCode broken, List<Finding> findings)
    {
        try
        {
            return source.MoveNext();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            findings.Add(broken.At(exception.GetType().Name));
            return false;
        }
    }
}
