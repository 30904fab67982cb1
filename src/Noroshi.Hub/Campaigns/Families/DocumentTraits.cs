using System.Collections.Frozen;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.FileTypes.Traits;

namespace Noroshi.Hub.Campaigns.Families;

/// <summary>Who made the files: traits that are unique or personal, comments of archives, passwords used again.</summary>
internal sealed class DocumentTraits : IEvidenceSource
{
    private static readonly FrozenDictionary<string, TraitKind> Kinds = TraitKinds.ByName();

    /// <inheritdoc/>
    public EvidenceFamily Family => EvidenceFamily.DocumentTrait;

    /// <inheritdoc/>
    public IEnumerable<Feature> Of(ProvidedMail mail, MailContext context)
    {
        foreach (var file in mail.AllFiles())
        {
            foreach (var trait in file.Traits)
            {
                if (trait.Value.Length > 1 && !IsOfTheSystem(trait.Value) && KindOf(trait) is { } kind)
                {
                    yield return new Feature(EvidenceFamily.DocumentTrait, kind, ValueOf(trait));
                }
            }

            if (file.Comment is { Length: > 3 } comment)
            {
                yield return new Feature(EvidenceFamily.DocumentTrait, "archive-comment", comment);
            }

            if (file.Password is { Value.Length: > 2 } password)
            {
                yield return new Feature(EvidenceFamily.DocumentTrait, "password", password.Value);
            }
        }
    }

    /// <summary>Paths of the system's own programs are the same on every machine.</summary>
    private static bool IsOfTheSystem(string value) =>
        value.Contains(@":\Windows\", StringComparison.OrdinalIgnoreCase)
        || value.Contains("%SystemRoot%", StringComparison.OrdinalIgnoreCase)
        || value.Contains("%windir%", StringComparison.OrdinalIgnoreCase)
        || value.Contains("%ComSpec%", StringComparison.OrdinalIgnoreCase);

    /// <summary>Author-like traits have everyday values of their own in the background table; the rest goes by its weight.</summary>
    private static string? KindOf(Trait trait) =>
        Kinds.TryGetValue(trait.Name, out var kind)
            ? (trait.Name, kind.Weight) switch
            {
                ("author" or "lastAuthor" or "company" or "title", _) => trait.Name,
                // Of a program of the system these are the system's: every machine set up from the same disc has them.
                ("targetCreatedAt" or "targetModifiedAt" or "targetAccessedAt" or "mftReference", _) => "target-stamp",
                (_, TraitWeight.Unique) => "unique",
                (_, TraitWeight.Personal) => "personal",
                (_, TraitWeight.Generic or TraitWeight.Descriptive) => null,
                _ => null,
            }
            : null;

    /// <summary>A personal value means something only with its name: a title is not an author.</summary>
    private static string ValueOf(Trait trait) =>
        trait.Name is "author" or "lastAuthor" or "company" or "title" ? trait.Value : $"{trait.Name}: {trait.Value}";
}
