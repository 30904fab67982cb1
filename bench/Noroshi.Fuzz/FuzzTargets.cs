namespace Noroshi.Fuzz;

/// <summary>All targets of this assembly, by name.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<IFuzzTarget> All { get; } =
    [
        .. typeof(FuzzTargets)
            .Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && typeof(IFuzzTarget).IsAssignableFrom(type))
            .Where(type => type.GetConstructor(Type.EmptyTypes) is not null)
            .Select(Activator.CreateInstance)
            .OfType<IFuzzTarget>()
            .Where(target => target.Name != SelfCheckTarget.Word)
            .OrderBy(target => target.Name, StringComparer.Ordinal),
    ];

    public static IFuzzTarget? Find(string name) =>
        name == SelfCheckTarget.Word ? new SelfCheckTarget() : All.FirstOrDefault(target => target.Name == name);
}
