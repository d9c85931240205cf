using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Cancela.Tests.House;

/// <summary>What a host can reach of an assembly, one line each, in an order that does not depend on the compiler.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    public static IEnumerable<string> Lines(IEnumerable<Type> exported)
    {
        foreach (var type in exported.OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            yield return $"{Kind(type)} {TypeName.Full(type)}{Parents(type)}";
            foreach (var line in Members(type).Order(StringComparer.Ordinal)) yield return "  " + line;
        }
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        _ when typeof(Delegate).IsAssignableFrom(type) => "delegate",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        _ => (type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "") + (IsRecord(type) ? "record" : "class"),
    };

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    private static string Parents(Type type)
    {
        var inherited = type.BaseType?.GetInterfaces() ?? [];
        var parents = (type.BaseType is { } parent && parent != typeof(object) && !type.IsValueType ? [parent] : Array.Empty<Type>())
            .Concat(type.IsEnum ? [] : type.GetInterfaces().Except(inherited).OrderBy(TypeName.Of, StringComparer.Ordinal))
            .Select(TypeName.Of);
        return string.Join(", ", parents) is { Length: > 0 } text ? " : " + text : "";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum) return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name))}");
        return type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily).Select(Field)
            .Concat(type.GetConstructors(Declared).Where(Reachable).Select(constructor => $"{Protected(constructor)}new({Parameters(constructor)})"))
            .Concat(type.GetProperties(Declared).Where(property => property.GetAccessors(true).Any(Reachable)).Select(Property))
            .Concat(type.GetEvents(Declared).Where(e => Reachable(e.AddMethod!)).Select(e => $"event {TypeName.Of(e.EventHandlerType!)} {e.Name}"))
            .Concat(type.GetMethods(Declared).Where(IsWritten).Select(Method));
    }

    // Accessors are told with their property; what the compiler adds to a record goes without saying.
    private static bool IsWritten(MethodInfo method) =>
        Reachable(method) && !method.IsDefined(typeof(CompilerGeneratedAttribute))
        && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal));

    private static bool Reachable(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Protected(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Field(FieldInfo field)
    {
        var how = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        return $"{how}{Mention(field.FieldType, Nullability.Create(field))} {field.Name}" + (field.IsLiteral ? $" = {Constant(field.GetRawConstantValue())}" : "");
    }

    private static string Property(PropertyInfo property)
    {
        var accessors = new StringBuilder();
        if (property.GetMethod is { } get && Reachable(get)) accessors.Append(" get;");
        if (property.SetMethod is { } set && Reachable(set)) accessors.Append(IsInit(set) ? " init;" : " set;");
        var name = property.GetIndexParameters() is { Length: > 0 } index ? $"this[{string.Join(", ", index.Select(Parameter))}]" : property.Name;
        var accessor = property.GetAccessors(true).First(Reachable);
        return $"{Protected(accessor)}{(accessor.IsStatic ? "static " : "")}{Mention(property.PropertyType, Nullability.Create(property))} {name} {{{accessors} }}";
    }

    private static bool IsInit(MethodInfo set) => set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";
        var how = method.IsStatic ? "static " : method.DeclaringType!.IsInterface ? "" : method.IsAbstract ? "abstract "
            : method.GetBaseDefinition() != method ? "override " : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "";
        return $"{Protected(method)}{how}{Mention(method.ReturnType, Nullability.Create(method.ReturnParameter))} {method.Name}{generic}({Parameters(method)})";
    }

    private static string Parameters(MethodBase method) =>
        (method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "") + string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var how = parameter.IsOut ? "out " : parameter.ParameterType.IsByRef ? (parameter.IsIn ? "in " : "ref ") : "";
        var several = parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "";
        return $"{several}{how}{Mention(parameter.ParameterType, Nullability.Create(parameter))} {parameter.Name}"
            + (parameter.HasDefaultValue ? $" = {Constant(parameter.DefaultValue)}" : "");
    }

    private static string Constant(object? value) => value switch { null => "default", string text => $"\"{text}\"", _ => $"{value}" };

    // Only what stands outermost may be null without the name saying so already; a type parameter's host decides.
    private static string Mention(Type type, NullabilityInfo nullability) =>
        TypeName.Of(type) + (nullability.ReadState == NullabilityState.Nullable && !type.IsValueType && !type.IsGenericParameter ? "?" : "");
}
