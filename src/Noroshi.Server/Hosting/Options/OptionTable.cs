using System.Globalization;
using System.Reflection;

namespace Noroshi.Server.Hosting.Options;

/// <summary>One option.</summary>
/// <param name="Key">Its key: <c>Http:Url</c>.</param>
/// <param name="Group">The property of the group.</param>
/// <param name="Property">The property of the option.</param>
/// <param name="Doc">What it does.</param>
internal sealed record OptionRow(string Key, PropertyInfo Group, PropertyInfo Property, OptionDocAttribute Doc)
{
    /// <summary>The default, as it would be written.</summary>
    public string Default =>
        Group.GetValue(new HubOptions()) is { } group
            ? Property.GetValue(group) switch
            {
                null => "",
                bool flag => flag ? "true" : "false",
                IReadOnlyList<string> list => string.Join(", ", list),
                IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
                var other => other.ToString() ?? "",
            }
            : "";

    /// <summary>Name of the environment variable.</summary>
    public string Variable => "NOROSHI__" + Key.Replace(":", "__", StringComparison.Ordinal).ToUpperInvariant();
}

/// <summary>The options as a table, made from the classes: what reads, checks and describes them.</summary>
internal static class OptionTable
{
    /// <summary>All options, in the order of the classes.</summary>
    public static IReadOnlyList<OptionRow> Rows { get; } =
    [
        .. from @group in typeof(HubOptions).GetProperties()
        from property in @group.PropertyType.GetProperties()
        let doc = property.GetCustomAttribute<OptionDocAttribute>()
        where doc is not null
        select new OptionRow($"{@group.Name}:{property.Name}", @group, property, doc),
    ];

    /// <summary>Whether the option is a list of texts.</summary>
    public static bool IsList(OptionRow row) => row.Property.PropertyType == typeof(IReadOnlyList<string>);

    /// <summary>What may be written, in one language.</summary>
    public static string Allowed(OptionRow row, bool ja)
    {
        var type = TypeOf(row);
        if (row.Doc.OneOf is { } some)
        {
            return some.Replace("|", ", ", StringComparison.Ordinal);
        }

        if (type == typeof(bool))
        {
            return "true, false";
        }

        if (type == typeof(int) || type == typeof(long))
        {
            return ja ? $"{row.Doc.From} から {row.Doc.To} までの整数" : $"whole number from {row.Doc.From} to {row.Doc.To}";
        }

        return IsList(row) ? (ja ? "文字列のリスト" : "list of texts")
            : ja ? "文字列"
            : "text";
    }

    /// <summary>Puts values into the classes. Keys are compared without case.</summary>
    /// <param name="values">Keys (<c>Http:Url</c>, <c>Http:Proxies:0</c>) and values, with the place that each comes from.</param>
    /// <exception cref="SettingsException">Everything that is wrong.</exception>
    public static HubOptions Read(IEnumerable<(string Key, string? Value, string Place)> values)
    {
        var options = new HubOptions();
        var problems = new List<OptionProblem>();
        var lists = new Dictionary<OptionRow, SortedDictionary<int, string>>();
        foreach (var (key, value, place) in values)
        {
            if (Find(key) is not (var row, var index) || (IsList(row) != index is not null))
            {
                problems.Add(Unknown(key, place));
            }
            else if (index is { } at)
            {
                var list = lists.TryGetValue(row, out var known) ? known : lists[row] = [];
                list[at] = value ?? "";
            }
            else if (Parse(row, value) is { } parsed)
            {
                row.Property.SetValue(row.Group.GetValue(options), parsed);
            }
            else
            {
                problems.Add(Wrong(row, value, place));
            }
        }

        foreach (var (row, list) in lists)
        {
            row.Property.SetValue(row.Group.GetValue(options), list.Values.Where(text => text.Length > 0).ToList());
        }

        return problems.Count == 0 ? options : throw new SettingsException(problems);
    }

    /// <summary>A number that may be left out is written as any other.</summary>
    private static Type TypeOf(OptionRow row) => Nullable.GetUnderlyingType(row.Property.PropertyType) ?? row.Property.PropertyType;

    private static (OptionRow Row, int? Index)? Find(string key)
    {
        var parts = key.Split(':');
        var name = parts.Length > 2 ? string.Join(':', parts[..2]) : key;
        var row = Rows.FirstOrDefault(one => one.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (row is null)
        {
            return null;
        }

        return parts.Length switch
        {
            2 => (row, null),
            3 when int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var index) => (row, index),
            _ => null,
        };
    }

    private static object? Parse(OptionRow row, string? value)
    {
        var type = TypeOf(row);
        if (type == typeof(string))
        {
            return string.IsNullOrEmpty(value) || (row.Doc.OneOf is { } some && !some.Split('|').Contains(value, StringComparer.Ordinal))
                ? null
                : value;
        }

        if (type == typeof(bool))
        {
            return bool.TryParse(value, out var flag) ? flag : null;
        }

        if (
            !long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            || number < row.Doc.From
            || number > row.Doc.To
        )
        {
            return null;
        }

        // Boxed before the two become one type.
        return type == typeof(int) ? (object)(int)number : number;
    }

    private static OptionProblem Unknown(string key, string place)
    {
        var near = Rows.OrderBy(row => Distance(row.Key, key)).First().Key;
        return new OptionProblem(
            key,
            $"{place}: 「{key}」という設定はありません。「{near}」ではありませんか。一覧は docs/configuration.md にあります。",
            $"{place}: there is no option '{key}'. Is '{near}' meant? All are listed in docs/configuration.md."
        );
    }

    private static OptionProblem Wrong(OptionRow row, string? value, string place) =>
        new(
            row.Key,
            $"{place}: {row.Key} の値「{value}」は使えません。使える値: {Allowed(row, ja: true)}。既定値は「{row.Default}」です。",
            $"{place}: '{value}' cannot be used for {row.Key}. Allowed: {Allowed(row, ja: false)}. The default is '{row.Default}'."
        );

    /// <summary>Levenshtein distance without case: to suggest what a mistyped key may mean.</summary>
    private static int Distance(string left, string right)
    {
        var (a, b) = (left.ToUpperInvariant(), right.Length > 100 ? right[..100].ToUpperInvariant() : right.ToUpperInvariant());
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
