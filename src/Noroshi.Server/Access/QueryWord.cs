using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Noroshi.Server.Hosting;

namespace Noroshi.Server.Access;

/// <summary>Words in a query: the same that stand in the JSON of the answer, and no others.</summary>
internal static class QueryWord
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyDictionary<string, object>> Known = new();

    /// <summary>The value that a word stands for; null when none was given.</summary>
    /// <param name="name">Name of the parameter.</param>
    /// <param name="word">The word as given.</param>
    /// <exception cref="ProblemException">There is no such word; the known ones are named.</exception>
    public static T? Of<T>(string name, string? word)
        where T : struct, Enum
    {
        if (string.IsNullOrEmpty(word))
        {
            return null;
        }

        var words = Known.GetOrAdd(typeof(T), _ => Enum.GetValues<T>().ToDictionary(Name, value => (object)value, StringComparer.Ordinal));
        var all = string.Join(", ", words.Keys);
        return words.TryGetValue(word, out var value)
            ? (T)value
            : throw ProblemException.Invalid($"{name}: 使える語は {all} です", $"{name}: known words are {all}");
    }

    private static string Name<T>(T value)
        where T : struct, Enum =>
        typeof(T).GetField(value.ToString())?.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name
        ?? JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
