namespace Noroshi.MailAnatomy.FileTypes.Traits;

/// <summary>What a trait is worth when two files share its value.</summary>
public enum TraitWeight
{
    /// <summary>
    /// Made once, for one thing: machine ids, MAC addresses, GUIDs, hashes of structure. Two files that share it come from the same place.
    /// </summary>
    Unique,

    /// <summary>Chosen by or given to a person or a machine: author names, original paths, volume serials, project names.</summary>
    Personal,

    /// <summary>Shared by everybody with the same program or template: producers, versions, languages.</summary>
    Generic,

    /// <summary>Says what the file is or does; never evidence about who made it.</summary>
    Descriptive,
}

/// <summary>An entry of the table of traits.</summary>
/// <param name="Name">camelCase name, stable, as the contract's JSON has it.</param>
/// <param name="Weight">What sharing a value says.</param>
/// <param name="Ja">Label for people, Japanese: a noun.</param>
/// <param name="En">Label for people, English: a noun.</param>
public sealed record TraitKind(string Name, TraitWeight Weight, string Ja, string En)
{
    /// <summary>Characters of a value that are kept: a trait is for people and for comparing, not for carrying content.</summary>
    public const int MaxLength = 1_024;

    /// <summary>Makes a trait of this kind.</summary>
    /// <param name="value">Value as text; longer ones are cut at <see cref="MaxLength"/>.</param>
    /// <param name="where">Where in the file it stands: stream, part, record or header, with the field when that helps.</param>
    public Trait Of(string value, string where) => new(Name, value.Length <= MaxLength ? value : value[..MaxLength], where);
}
