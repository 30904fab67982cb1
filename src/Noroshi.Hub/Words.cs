namespace Noroshi.Hub;

/// <summary>The same said in both languages of the hub.</summary>
/// <param name="Ja">Japanese.</param>
/// <param name="En">English.</param>
public sealed record Words(string Ja, string En)
{
    /// <summary>The wording of a language.</summary>
    public string In(bool ja) => ja ? Ja : En;

    /// <summary>The same with something before it in both languages.</summary>
    public Words After(string ja, string en) => new(ja + Ja, en + En);
}
